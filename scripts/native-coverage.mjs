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
import { addGraph, joinHeaders, newTable, printTable } from "./native/coverage-table.mjs";
import { run } from "./native/run.mjs";

const ROOT = join(import.meta.dirname, "..");
const BUILD = join(ROOT, "native/build");
const COUNTED = { addon: join(BUILD, "coverage"), tiles: join(BUILD, "emulated-tiles/coverage") };
const tests = process.argv.length > 2 ? process.argv.slice(2) : ["test/backends/native"];

/** stdout is the table's. */
const TO_STDERR = ["ignore", process.stderr, process.stderr];

function build() {
  const args = ["scripts/build-native.mjs", "--required", "--coverage"];
  run(process.execPath, args, {}, TO_STDERR);
  run(process.execPath, [...args, "--emulate-tiles"], {}, TO_STDERR);
  for (const objects of objectFolders())
    for (const name of readdirSync(objects))
      if (name.endsWith(".gcda")) rmSync(join(objects, name));
}

/** In one process, whose end writes the counts: vitest kills a child that takes long over its own. */
function runTests() {
  const inOne = ["--pool", "threads", "--no-file-parallelism"];
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--project", "source", ...inOne];
  const env = {
    GDIFF_NATIVE: join(COUNTED.addon, "gdiff.node"),
    GDIFF_TEST_TILES: join(COUNTED.tiles, "gdiff.node"),
  };
  run(process.execPath, [...vitest, "--testTimeout=600000", ...tests], env, TO_STDERR);
}

/** Adds what gcov says of every object to the table. */
function count(table) {
  for (const objects of objectFolders()) {
    const isTiles = objects.startsWith(COUNTED.tiles);
    for (const name of readdirSync(objects).filter((file) => file.endsWith(".gcno"))) {
      if (name.startsWith("amx-") !== isTiles) continue; // the add-on's own needs an AMX processor
      const { status, stdout, stderr } = spawnSync("gcov", ["--json-format", "--stdout", name], {
        cwd: objects,
        encoding: "utf8",
        maxBuffer: 2 ** 30,
      });
      if (status !== 0) throw new Error(`gcov ${name}: ${stderr}`);
      addGraph(table, name.replace(/\.o\.gcno$/, ""), JSON.parse(stdout));
    }
  }
}

const objectFolders = () => Object.values(COUNTED).map((folder) => join(folder, "objects"));

try {
  build();
  runTests();
  const table = newTable();
  count(table);
  joinHeaders(table);
  printTable(table, (line) => console.log(line));
} catch (error) {
  console.error(`native-coverage: ${error.message}`);
  process.exitCode = 1;
}
