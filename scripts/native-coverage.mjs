/**
 * Counts which of the native engine's kernels its tests run, and prints the table: kernel and precision down, instruction
 * sets across, in each cell the functions that ran of those that were compiled. A tail of a tile is a function of its
 * own, so a row of the dispatch that no test reaches is a function that did not run; those are listed below.
 *
 *     node scripts/native-coverage.mjs [TESTS…]       all native tests, without arguments
 *
 * Minutes, hence by hand. Needs GCC and its gcov. Only sets that this processor has can run; `amx` runs by its emulated
 * tile instructions.
 */

import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { addGraph, newTable, printTable } from "./native/coverage-table.mjs";

const ROOT = join(import.meta.dirname, "..");
const BUILDS = [
  { args: [], folder: "coverage" },
  { args: ["--emulate-tiles"], folder: "emulated-tiles/coverage" },
];
const tests = process.argv.length > 2 ? process.argv.slice(2) : ["test/backends/native"];

function run(program, args, env) {
  const { status, signal } = spawnSync(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", process.stderr, process.stderr],
  });
  if (status !== 0) throw new Error(`${program} ${args[0]} ended with ${status ?? signal}`);
}

/** Builds, runs the tests, and adds what ran to the table. */
function count({ args, folder }, table) {
  const addon = join(ROOT, "native/build", folder);
  const objects = join(addon, "objects");
  run(process.execPath, ["scripts/build-native.mjs", "--required", "--coverage", ...args]);
  for (const name of readdirSync(objects)) if (name.endsWith(".gcda")) rmSync(join(objects, name));
  run(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--project",
      "source",
      "--testTimeout=600000",
      ...tests,
    ],
    { GDIFF_NATIVE: join(addon, "gdiff.node") },
  );
  const notes = readdirSync(objects).filter((name) => name.endsWith(".gcno"));
  for (const name of notes) {
    const { status, stdout, stderr } = spawnSync("gcov", ["--json-format", "--stdout", name], {
      cwd: objects,
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    });
    if (status !== 0) throw new Error(`gcov ${name}: ${stderr}`);
    addGraph(table, name.replace(/\.o\.gcno$/, ""), JSON.parse(stdout));
  }
}

try {
  const table = newTable();
  for (const build of BUILDS) count(build, table);
  printTable(table, (line) => console.log(line));
} catch (error) {
  console.error(`native-coverage: ${error.message}`);
  process.exitCode = 1;
}
