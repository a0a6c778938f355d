import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrowBytes } from "../../../src/data/table/arrow-bytes.ts";
import { TableError } from "../../../src/errors.ts";
import { hasPythonModule, runPython } from "../../support/oracles.ts";
import { EVERY_TYPE, longTable, NO_ROWS, plainRows } from "../../support/tables.ts";

const hasPyarrow = hasPythonModule("pyarrow");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gdiff-arrow-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const READ = `
import json, sys, pyarrow as pa
with pa.OSFile(sys.argv[1]) as f:
    t = pa.ipc.open_file(f).read_all()
t.validate(full=True)
print(json.dumps({
    "rows": t.to_pylist(),
    "types": [[f.name, str(f.type), f.nullable] for f in t.schema],
    "metadata": {k.decode(): v.decode() for k, v in (t.schema.metadata or {}).items()},
}))
`;

describe("arrowBytes", () => {
  it.skipIf(!hasPyarrow).each([
    ["every type", EVERY_TYPE],
    ["no rows", NO_ROWS],
    ["a thousand rows", longTable(1000)],
  ])("is read by pyarrow as it was given: %s", async (_, table) => {
    const path = join(folder, "t.arrow");
    await writeFile(path, await arrowBytes(table));
    expect(JSON.parse(runPython(READ, [path]))).toEqual({
      rows: plainRows(table),
      types: [
        ["name", "string", false],
        ["start", "int32", false],
        ["end", "int64", false],
        ["nats", "double", false],
        ["isScored", "bool", false],
        ["features", "fixed_size_list<element: float not null>[2]", false],
      ],
      metadata: table.metadata,
    });
  });

  it("refuses more text than offsets of 32 bits reach, where they would wrap", async () => {
    const values = new Array<string>(2049).fill("A".repeat(2 ** 20));
    const table = { columns: [{ name: "sequence", type: "utf8", values } as const], metadata: {} };
    await expect(arrowBytes(table)).rejects.toThrow(
      new TableError(
        "expected at most 2.0 GiB of text in column sequence of an Arrow table, got more by row 2048 (write fewer rows, or .tsv or .parquet)",
      ),
    );
  });

  it("gives equal bytes for equal tables", async () => {
    expect(await arrowBytes(longTable(50))).toEqual(await arrowBytes(longTable(50)));
  });
});
