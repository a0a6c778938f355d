import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parquetBytes } from "../../../src/data/table/parquet-bytes.ts";
import { hasPythonModule, runPython } from "../../support/oracles.ts";
import { EVERY_TYPE, longTable, NO_ROWS, plainRows } from "../../support/tables.ts";

const hasPyarrow = hasPythonModule("pyarrow.parquet");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gdiff-parquet-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const TABLES = [
  ["every type", EVERY_TYPE],
  ["no rows", NO_ROWS],
  ["a thousand rows", longTable(1000)],
] as const;

const READ = `
import json, sys, pyarrow.parquet as pq
t = pq.read_table(sys.argv[1])
t.validate(full=True)
extra = {k.decode(): v.decode() for k, v in (pq.read_metadata(sys.argv[1]).metadata or {}).items()}
print(json.dumps({"rows": t.to_pylist(), "types": [[f.name, str(f.type), f.nullable] for f in t.schema], "metadata": extra}))
`;

describe("parquetBytes", () => {
  it.each(TABLES)("is read by hyparquet as it was given: %s", async (_, table) => {
    const file = (await parquetBytes(table)).buffer as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    expect(rows.map((row) => ({ ...row, end: Number(row.end) }))).toEqual(plainRows(table));
    expect(rows.every(({ end }) => typeof end === "bigint")).toBe(true);
    const pairs = parquetMetadata(file).key_value_metadata ?? [];
    expect(Object.fromEntries(pairs.map(({ key, value }) => [key, value]))).toEqual(table.metadata);
  });

  it.skipIf(!hasPyarrow).each(TABLES)(
    "is read by pyarrow as it was given: %s",
    async (_, table) => {
      const path = join(folder, "t.parquet");
      await writeFile(path, await parquetBytes(table));
      expect(JSON.parse(runPython(READ, [path]))).toEqual({
        rows: plainRows(table),
        types: [
          ["name", "string", false],
          ["start", "int32", false],
          ["end", "int64", false],
          ["nats", "double", false],
          ["isScored", "bool", false],
          ["features", "list<element: float not null>", false],
        ],
        metadata: table.metadata,
      });
    },
  );
});
