import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { arrowBytes } from "../../../src/data/table/arrow-bytes.ts";
import { readArrowTable } from "../../../src/data/table/read-arrow-table.ts";
import { EXIT, FileError } from "../../../src/errors.ts";
import { hasPythonModule, runPython } from "../../support/oracles.ts";
import { EVERY_TYPE, longTable, NO_ROWS } from "../../support/tables.ts";

const hasPyarrow = hasPythonModule("pyarrow");
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gdiff-read-arrow-"));
  path = join(folder, "t.arrow");
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function expectDamaged(bytes: Uint8Array, sentence: string): Promise<void> {
  await writeFile(path, bytes);
  await expect(readArrowTable(path)).rejects.toMatchObject({
    name: "TableError",
    message: `${path}: ${sentence}`,
    code: "E_TABLE",
    exitCode: EXIT.corrupt,
  });
}

const cutShort = (length: number) =>
  `expected an Arrow IPC file that ends with its footer and ARROW1, got ${length} bytes that do not: ` +
  "the file is cut short or damaged, write it again";

describe("readArrowTable", () => {
  it.each([
    ["every type", EVERY_TYPE],
    ["no rows", NO_ROWS],
    ["a thousand rows", longTable(999)],
  ])("reads what was written: %s", async (_, table) => {
    await writeFile(path, await arrowBytes(table));
    const columns = table.columns.map((column) =>
      column.type === "bool"
        ? { ...column, values: column.values.map(Number).map((v) => +(v !== 0)) }
        : column.type === "int64"
          ? { ...column, values: Float64Array.from(column.values) }
          : column,
    );
    expect(await readArrowTable(path)).toEqual({ ...table, columns });
  });

  it.skipIf(!hasPyarrow)("reads a file of pyarrow in several batches", async () => {
    runPython(
      `
import sys, pyarrow as pa
t = pa.table({"name": ["a", "b", "c"], "n": pa.array([1, 2, 3], pa.int32())}).replace_schema_metadata({"by": "pyarrow"})
with pa.OSFile(sys.argv[1], "wb") as f, pa.ipc.new_file(f, t.schema) as w:
    w.write_table(t, max_chunksize=2)
`,
      [path],
    );
    expect(await readArrowTable(path)).toEqual({
      columns: [
        { name: "name", type: "utf8", values: ["a", "b", "c"] },
        { name: "n", type: "int32", values: Int32Array.of(1, 2, 3) },
      ],
      metadata: { by: "pyarrow" },
    });
  });

  it("refuses a file cut at any multiple of 64 bytes and at its last 70 bytes", async () => {
    const whole = await arrowBytes(longTable(40));
    const cuts = Array.from({ length: Math.ceil(whole.length / 64) - 1 }, (_, i) => 64 * (i + 1));
    for (let last = 1; last <= 70; last++) cuts.push(whole.length - last);
    for (const cut of cuts) await expectDamaged(whole.subarray(0, cut), cutShort(cut));
  });

  it("refuses what is no Arrow file, and an empty one", async () => {
    const sentence = "expected an Arrow IPC file, which begins with ARROW1, got other bytes";
    await expectDamaged(new Uint8Array(0), sentence);
    await expectDamaged(Buffer.from("name\tstart\nchr1\t0\n"), sentence);
    await expectDamaged(Buffer.from("ARROW1"), cutShort(6));
  });

  it("refuses a footer of zeros between intact ends", async () => {
    const bytes = (await arrowBytes(longTable(40))).slice();
    const footerLength = new DataView(bytes.buffer).getInt32(bytes.length - 10, true);
    bytes.fill(0, bytes.length - 10 - footerLength, bytes.length - 10);
    await expectDamaged(bytes, cutShort(bytes.length));
  });

  it("refuses nulls and types that its tables do not have", async () => {
    const file = (columns: Record<string, arrow.Vector>) =>
      arrow.tableToIPC(new arrow.Table(columns), "file");
    await expectDamaged(
      file({ x: arrow.vectorFromArray([1, null, 3], new arrow.Int32()) }),
      "expected column x without nulls, got 1",
    );
    await expectDamaged(
      file({ big: arrow.vectorFromArray([1n, 2n], new arrow.Uint64()) }),
      "expected column big to be utf8, int32, int64, float64, bool or float32 lists of one size, got Uint64",
    );
    await expectDamaged(
      file({ big: arrow.vectorFromArray([1n, 2n ** 53n], new arrow.Int64()) }),
      "expected column big to have integers of at most 53 bits, got 9007199254740992",
    );
  });

  it("refuses lists with nulls in them, and of other numbers", async () => {
    const lists = (type: arrow.DataType, values: readonly (readonly (number | null)[])[]) => {
      const list = new arrow.FixedSizeList(2, new arrow.Field("element", type, true));
      const v = arrow.vectorFromArray(values, list as never) as arrow.Vector;
      return arrow.tableToIPC(new arrow.Table({ v }), "file");
    };
    const whole = [
      [1, 2],
      [3, 4],
    ];
    await writeFile(path, lists(new arrow.Float32(), whole));
    expect((await readArrowTable(path)).columns).toEqual([
      { name: "v", type: "float32s", width: 2, values: Float32Array.of(1, 2, 3, 4) },
    ]);
    await expectDamaged(
      lists(new arrow.Float32(), [
        [1, null],
        [3, 4],
      ]),
      "expected column v to have lists without nulls",
    );
    await expectDamaged(
      lists(new arrow.Float64(), whole),
      "expected column v to be utf8, int32, int64, float64, bool or float32 lists of one size, got FixedSizeList[2]<Float64>",
    );
  });

  it("says when the file is not there", async () => {
    const none = join(folder, "none.arrow");
    await expect(readArrowTable(none)).rejects.toThrow(
      new FileError(
        `${none}: expected to read a table, but the system said: ENOENT: no such file or directory, open '${none}'`,
      ),
    );
  });
});
