// The C++ compiler: found, asked what it knows, and run.

import { spawn, spawnSync } from "node:child_process";

const USUAL = ["c++", "g++", "clang++"];

/**
 * Returns the compiler that `CXX` names, else the first usual one; a CXX with arguments ("ccache g++") is split at
 * spaces unless the whole of it is a program. `missing` says what was looked for.
 */
export function findCompiler(named = process.env.CXX) {
  const isNamed = named !== undefined && named.trim() !== "";
  const candidates = isNamed
    ? [[named], named.trim().split(/\s+/)]
    : USUAL.map((program) => [program]);
  for (const command of candidates) {
    const version = versionOf(command);
    if (version !== undefined) return { compiler: compilerOf(command, version) };
  }
  return {
    missing: isNamed
      ? `CXX=${named} is no C++ compiler that runs`
      : `no C++ compiler is here (looked for ${USUAL.join(", ")}; CXX names another)`,
  };
}

function versionOf([program, ...args]) {
  const { status, stdout } = spawnSync(program, [...args, "--version"], { encoding: "utf8" });
  const [line = ""] = (stdout ?? "").split("\n");
  return status === 0 && line !== "" ? line.trim() : undefined;
}

function compilerOf(command, version) {
  const [program, ...before] = command;
  return {
    /** As it is called, for messages. */
    name: command.join(" "),
    /** What an object depends on besides its sources and flags. */
    identity: [...command, version],
    version,
    accepts(flags, source) {
      const args = [...before, ...flags, "-x", "c++", "-std=c++17", "-fsyntax-only", "-"];
      return (
        spawnSync(program, args, { input: source, stdio: ["pipe", "ignore", "ignore"] }).status ===
        0
      );
    },
    /** Path of one of its own libraries. */
    fileOf(library) {
      return spawnSync(program, [...before, `-print-file-name=${library}`], {
        encoding: "utf8",
      }).stdout.trim();
    },
    /** Resolves to what it printed; rejects with a CompilerError. */
    run(args) {
      return new Promise((resolve, reject) => {
        const child = spawn(program, [...before, ...args], { stdio: ["ignore", "pipe", "pipe"] });
        let output = "";
        for (const stream of [child.stdout, child.stderr]) {
          stream.setEncoding("utf8").on("data", (text) => {
            output += text;
          });
        }
        child.on("error", reject);
        child.on("close", (code, signal) => {
          if (code === 0) resolve(output);
          else
            reject(new CompilerError(`${command.join(" ")} ended with ${code ?? signal}`, output));
        });
      });
    },
  };
}

export class CompilerError extends Error {
  /** Everything that the compiler printed. */
  output;
  constructor(message, output) {
    super(message);
    this.output = output;
  }
}
