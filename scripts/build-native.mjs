/**
 * Builds the native engine, native/build/gdiff.node, with a C++ compiler and nothing else. Each instruction set's
 * kernels are compiled with their own flags and chosen when the add-on is loaded; what the compiler does not know
 * is left out and named.
 *
 *     node scripts/build-native.mjs [--required] [--emulate-tiles]
 *         [--sanitize address,undefined|thread] [--coverage]
 *
 * Without a compiler, or where one fails, it says in one line what is lost and ends well, unless --required.
 * CXX names the compiler (CXX=false: none). A sanitized build goes to native/build/<its name>/, one that counts
 * what runs to native/build/coverage/.
 * --emulate-tiles makes native/build/emulated-tiles/gdiff.node for tests: the set `amx` alone, its tile instructions
 * written in C++, which runs on every processor.
 */

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./native/build.mjs";
import { CompilerError, findCompiler } from "./native/compiler.mjs";

const { values: options } = parseArgs({
  options: {
    required: { type: "boolean", default: false },
    sanitize: { type: "string" },
    coverage: { type: "boolean", default: false },
    "emulate-tiles": { type: "boolean", default: false },
    sources: { type: "string", default: join(import.meta.dirname, "../native") },
    output: { type: "string", default: join(import.meta.dirname, "../native/build") },
  },
});
const { sources, sanitize, coverage, "emulate-tiles": emulateTiles } = options;
const parts = [emulateTiles ? "emulated-tiles" : "", sanitize ?? "", coverage ? "coverage" : ""];
const output = join(options.output, ...parts);

const addon = join(output, "gdiff.node");

const say = (line) => process.stderr.write(`gdiff: ${line}\n`);

function refuse(reason) {
  say(`the backend native is not built, wasm computes instead, many times slower: ${reason}`);
  process.exitCode = options.required ? 1 : 0;
}

/** What the compiler printed is for those who asked for a build; an install gets one line and a file. */
function refuseCompiled({ message, output: printed }) {
  if (options.required) process.stderr.write(printed);
  const log = join(output, "build.log");
  mkdirSync(output, { recursive: true });
  writeFileSync(log, printed);
  const first = printed.split("\n").find((line) => /error/i.test(line)) ?? "";
  refuse(`${message}: ${first.trim()} (all of it is in ${log})`);
}

const { compiler, missing } = findCompiler();
if (compiler === undefined && existsSync(addon)) {
  say(`${addon} stays as it was built before: ${missing}`);
  process.exitCode = options.required ? 1 : 0;
} else if (compiler === undefined) refuse(missing);
else {
  try {
    const { record, isFresh } = await build(
      compiler,
      { sources, output, sanitize, coverage, emulateTiles },
      (text) => process.stderr.write(text),
    );
    const { instructionSets, leftOut } = record;
    const without =
      leftOut.length === 0 ? "" : ` (left out, unknown to ${compiler.name}: ${leftOut.join(", ")})`;
    const state = isFresh ? "is up to date" : "built";
    say(`native engine ${state} for ${instructionSets.join(", ")}${without}`);
  } catch (error) {
    if (error instanceof CompilerError) refuseCompiled(error);
    else refuse(error.message);
  }
}
