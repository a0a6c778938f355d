/**
 * Runs the native engine's tests on builds that watch it: AddressSanitizer with UndefinedBehaviorSanitizer (memory
 * outside of what was asked for, undefined arithmetic), and ThreadSanitizer (two threads, one place, no order).
 *
 *     node scripts/sanitize-native.mjs [address] [thread] [-- TESTS…]     both, and all native tests, without arguments
 *
 * The set `amx` runs by its emulated tile instructions, with or without a processor that has them.
 *
 * Minutes, hence by hand. Needs a compiler with its sanitizer libraries (Debian: g++), and this machine: at -O1
 * kernels of several instruction sets share functions.
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findCompiler } from "./native/compiler.mjs";
import { run } from "./native/run.mjs";

const ROOT = join(import.meta.dirname, "..");
const CANARY = join(import.meta.dirname, "native/canary");

const KINDS = {
  address: {
    flags: "address,undefined",
    library: "libasan.so",
    /** Functions of the canary, and what is said of each. */
    faults: { overrun: "heap-buffer-overflow", overflow: "signed integer overflow" },
    env: {
      // Node.js frees little of what it has when it ends.
      ASAN_OPTIONS: "detect_leaks=0:halt_on_error=1:abort_on_error=1",
      UBSAN_OPTIONS: "print_stacktrace=1:halt_on_error=1",
    },
  },
  thread: {
    flags: "thread",
    library: "libtsan.so",
    faults: { race: "data race" },
    env: {
      // Node.js, V8 and libuv are not instrumented: how they order their own accesses, and threads that they
      // (and the bundler under the tests) leave to the end of the process, are not the engine's.
      TSAN_OPTIONS: `ignore_noninstrumented_modules=1:halt_on_error=1:report_signal_unsafe=0:report_thread_leaks=0`,
    },
  },
};
/** It measures the size of the whole process, which is a sanitizer's more than the engine's. */
const NOT_THIS = "^(?!.*1,000 backends that come and go leave nothing)";
const TESTS = ["test/backends/native", "test/conformance", "test/genome"];

const { positionals } = parseArgs({ allowPositionals: true });
const kinds = positionals.filter((name) => name in KINDS);
const tests = positionals.filter((name) => !(name in KINDS));

/** Makes each fault of the canary, which must end the process with its name. */
function expectFound({ flags, faults }, env) {
  const folder = join(ROOT, "native/build/canary");
  const build = ["scripts/build-native.mjs", "--required", "--sanitize", flags];
  run(process.execPath, [...build, "--sources", CANARY, "--output", folder]);
  const program = "require(process.argv[1])[process.argv[2]]()";
  for (const [fault, words] of Object.entries(faults)) {
    const args = ["-R", process.execPath, "-e", program, join(folder, flags, "gdiff.node"), fault];
    const { status, stderr } = spawnSync("setarch", args, {
      env: { ...process.env, ...env },
      encoding: "utf8",
    });
    if (status === 0 || !stderr.includes(words)) {
      throw new Error(
        `expected "${words}" of the canary's ${fault}, got exit ${status}: ${stderr}`,
      );
    }
  }
}

function sanitize(kind, compiler) {
  const { flags, library, env } = KINDS[kind];
  const path = compiler.fileOf(library);
  if (!existsSync(path)) throw new Error(`expected ${library} beside ${compiler.name}, got none`);
  expectFound(KINDS[kind], { ...env, LD_PRELOAD: path });
  const build = ["scripts/build-native.mjs", "--required", "--sanitize", flags];
  run(process.execPath, build);
  run(process.execPath, [...build, "--emulate-tiles"]);
  const vitest = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--project",
    "source",
    "--maxWorkers=1",
    "-t",
    NOT_THIS,
  ];
  const wanted = tests.length === 0 ? TESTS : tests;
  // Without address space randomisation: ThreadSanitizer's shadow has fixed places.
  run("setarch", ["-R", process.execPath, ...vitest, "--testTimeout=600000", ...wanted], {
    ...env,
    LD_PRELOAD: path,
    GDIFF_NATIVE: join(ROOT, "native/build", flags, "gdiff.node"),
    GDIFF_TEST_TILES: join(ROOT, "native/build/emulated-tiles", flags, "gdiff.node"),
  });
  console.error(`sanitize-native: ${kind} is clean`);
}

try {
  const { compiler, missing } = findCompiler();
  if (compiler === undefined) throw new Error(missing);
  for (const kind of kinds.length === 0 ? Object.keys(KINDS) : kinds) sanitize(kind, compiler);
} catch (error) {
  console.error(`sanitize-native: ${error.message}`);
  process.exitCode = 1;
}
