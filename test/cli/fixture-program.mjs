// A gdiff with commands that do one thing each, for tests of what surrounds every command. Runs the built code.
import { defineCommand } from "../../dist/src/cli/command.js";
import { runCli } from "../../dist/src/cli/run-cli.js";
import { positiveInteger, text } from "../../dist/src/config/value-types.js";
import { FileError, StoppedError } from "../../dist/src/errors.js";

const options = {
  steps: { type: positiveInteger(), default: 3, flag: "--steps", help: "steps" },
  name: { type: text("NAME"), default: undefined, flag: "--name", help: "name" },
};

/** Settles with the reason once the signal aborts; keeps the process alive until then. */
function aborted(signal) {
  return new Promise((resolve) => {
    const timer = setInterval(() => {}, 1000);
    signal.addEventListener("abort", () => {
      clearInterval(timer);
      resolve(signal.reason);
    });
  });
}

const runs = {
  /** Reports its steps and returns its configuration. */
  async count(config, io) {
    for (let step = 1; step <= config.steps; step++) {
      io.progress.update(step, config.steps, `loss ${step}`);
      await io.stdout(`step ${step}\n`);
    }
    io.stderr("counted");
    return config;
  },
  /** Saves when asked to stop, as pretrain does. */
  async train(_config, io) {
    io.stderr("training");
    const { signal, exitCode } = await aborted(io.signal);
    throw new StoppedError(exitCode, `${signal}: saved step 7; gdiff train --resume goes on`);
  },
  /** Ends by the signal's own reason. */
  async plain(_config, io) {
    io.stderr("waiting");
    await aborted(io.signal);
    io.signal.throwIfAborted();
  },
  /** Hears the signal and goes on. */
  async deaf(_config, io) {
    io.stderr("waiting");
    await aborted(io.signal);
    io.stderr("still here");
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  },
  async endless(_config, io) {
    for (;;) await io.stdout("ACGT\n".repeat(1000));
  },
  async missing() {
    throw new FileError("a.fa\u001b[31m\nb: no such file", { cause: new Error("ENOENT") });
  },
  async bug() {
    throw new TypeError("x is not a function", { cause: new Error("the cause") });
  },
  async forgotten() {
    void Promise.reject(new Error("nobody waits", { cause: new Error("the cause") }));
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  },
};

const commands = Object.entries(runs).map(([name, run]) => ({
  name,
  summary: name,
  load: async () => defineCommand({ options, examples: [], resolve: resolveWith(options), run }),
}));

function resolveWith(table) {
  return async (layers) => {
    const { resolveConfig } = await import("../../dist/src/config/resolve-config.js");
    return resolveConfig(table, layers);
  };
}

const { stdin, stdout, stderr, env } = process;
const exit = (code) => process.exit(code);
const host = { stdin, stdout, stderr, env, process, exit };
exit(await runCli(process.argv.slice(2), host, commands));
