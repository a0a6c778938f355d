import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { arrowBatches } from "../../../src/data/table/arrow-batches.ts";
import { readArrowTable } from "../../../src/data/table/read-arrow-table.ts";
import type { Table } from "../../../src/data/table/table.ts";
import { temporaryFolder } from "../../genome/fixtures.ts";
import { hasPythonModule, runPython } from "../../support/oracles.ts";
import { EVERY_TYPE, longTable, NO_ROWS, plainRows } from "../../support/tables.ts";

const TABLES = [EVERY_TYPE, NO_ROWS, longTable(1000)];

async function write(tables: Iterable<Table>): Promise<string> {
  const path = join(temporaryFolder(), "a.arrow");
  writeFileSync(path, "");
  for await (const piece of arrowBatches(tables)) writeFileSync(path, piece, { flag: "a" });
  return path;
}

test("tables come back after each other, with the metadata of the first", async () => {
  const read = await readArrowTable(await write(TABLES));
  expect(plainRows(read)).toEqual(TABLES.flatMap(plainRows));
  expect(read.metadata).toEqual(EVERY_TYPE.metadata);
});

test.skipIf(!hasPythonModule("pyarrow"))("pyarrow reads a batch a table", async () => {
  const code = `
import json, sys, pyarrow as pa
with pa.OSFile(sys.argv[1]) as f:
    r = pa.ipc.open_file(f)
    batches = [r.get_batch(i) for i in range(r.num_record_batches)]
    for b in batches: b.validate(full=True)
    print(json.dumps([b.to_pylist() for b in batches]))
`;
  expect(JSON.parse(runPython(code, [await write(TABLES)]))).toEqual(TABLES.map(plainRows));
});

test("a table's bytes are there before the next is asked for", async () => {
  let asked = 0;
  function* tables(): Generator<Table> {
    for (; asked < 4; asked++) yield longTable(500);
  }
  const sizes = [0, 0, 0, 0, 0];
  for await (const { length } of arrowBatches(tables()))
    sizes[asked] = (sizes[asked] ?? 0) + length;
  const whole = readFileSync(await write([longTable(500)])).length;
  for (const size of sizes.slice(0, 4)) expect(size).toBeGreaterThan(0.8 * whole);
  expect(sizes[4]).toBeLessThan(0.2 * whole); // the footer
});

test("no table, and one of other columns, are refused", async () => {
  await expect(write([])).rejects.toThrow("internal: expected at least one table, got none");
  const narrow: Table = { ...EVERY_TYPE, columns: EVERY_TYPE.columns.slice(0, 2) };
  await expect(write([narrow, EVERY_TYPE])).rejects.toThrow(
    /^internal: expected the columns name utf8, start int32 in every table, got name utf8, start int32, end int64, .*, features float32s2$/,
  );
});
