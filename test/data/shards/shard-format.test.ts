import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeShard } from "../../../src/data/shards/decode-shard.ts";
import { encodeShard } from "../../../src/data/shards/encode-shard.ts";
import {
  packSoftMask,
  softMaskBytes,
  unpackSoftMask,
} from "../../../src/data/shards/soft-mask-bits.ts";
import type { Window } from "../../../src/data/window.ts";
import { hasPythonModule, runPython } from "../../support/oracles.ts";
import { CONTIGS, fixtureWindow, LENGTH, testFolder } from "./shard-fixture.ts";

const folder = testFolder();

async function bytesOf(windows: readonly Window[], length = LENGTH): Promise<Buffer> {
  const source = async function* () {
    yield* windows;
  };
  const content = { length, contigs: CONTIGS, metadata: { split: "train", first: "40" } };
  const pieces: Uint8Array[] = [];
  for await (const piece of encodeShard(source(), content)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const windowsOf = (count: number, length = LENGTH): Window[] =>
  Array.from({ length: count }, (_, index) => fixtureWindow("train", index, length));

/** A window that costs nothing to make, different from its neighbours. */
function shifted(index: number, length: number): Window {
  const ids = new Uint8Array(length).fill(index % 5);
  const isSoftMasked = new Uint8Array(length).fill((index >> 2) & 1);
  ids[index % length] = 4;
  const start = 3 * index;
  return {
    interval: { contig: CONTIGS[index % 3] as string, start, end: start + length },
    strand: index % 2 === 0 ? "+" : "-",
    ids,
    isSoftMasked,
  };
}

/** As toEqual, which takes half a minute for a million bases. */
function expectSame(got: Window, expected: Window | undefined): void {
  const { ids = new Uint8Array(), isSoftMasked = new Uint8Array(), ...rest } = expected ?? {};
  expect(Buffer.compare(got.ids, ids)).toBe(0);
  expect(Buffer.compare(got.isSoftMasked, isSoftMasked)).toBe(0);
  expect(got).toMatchObject(rest);
}

describe("a shard", () => {
  test.each([
    [1, 20],
    [3, 1],
    [5, 8],
    [40_000, 20], // more than one batch
    [3, 2 ** 20], // a window larger than a batch
  ])("of %i windows of %i bases reads back as it was", async (count, length) => {
    const windows = Array.from({ length: count }, (_, i) => shifted(i, length));
    const shard = await decodeShard(await bytesOf(windows, length), length, "a.arrow");
    expect(shard.rows).toBe(count);
    const step = Math.ceil(count / 40);
    for (let row = 0; row < count; row += step) expectSame(shard.window(row), windows[row]);
    expectSame(shard.window(count - 1), windows[count - 1]);
    expect(() => shard.window(count)).toThrow(`internal: expected a row below ${count}`);
  });

  test("has the same bytes whenever it is written", async () => {
    expect(await bytesOf(windowsOf(30))).toEqual(await bytesOf(windowsOf(30)));
  });

  test("is written with windows that fit only", async () => {
    const [window] = windowsOf(1, 21);
    await expect(bytesOf([window as Window])).rejects.toThrow(
      "internal: expected windows of 20 bases on 3 contigs, got 21",
    );
  });
});

test("soft-mask bits pack and unpack", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 40 }), (track) => {
      const bits = new Uint8Array(softMaskBytes(track.length));
      packSoftMask(Uint8Array.from(track), bits);
      expect([...unpackSoftMask(bits, track.length)]).toEqual(track);
    }),
  );
});

describe("what is no shard is refused, whatever its hash", () => {
  const refusal = async (bytes: Uint8Array): Promise<unknown> =>
    decodeShard(bytes, LENGTH, "a.arrow").then(
      (shard) => Array.from({ length: shard.rows }, (_, row) => shard.window(row)),
      (error: unknown) => error,
    );

  test("no Arrow file", async () => {
    for (const bytes of [new Uint8Array(), new Uint8Array(500), Buffer.from(">chr1\nACGT\n")]) {
      expect(await refusal(bytes)).toMatchObject({ code: "E_SHARD", exitCode: 4 });
    }
  });

  test("windows of another length", async () => {
    const bytes = await bytesOf(windowsOf(2, 21), 21);
    expect(await refusal(bytes)).toMatchObject({
      message:
        "a.arrow: expected a shard's columns ids: FixedSizeBinary[20], softMasked: FixedSizeBinary[3], " +
        "contig: Dictionary<Int32, Utf8>, start: Int64, strand: Utf8, got ids: FixedSizeBinary[21], " +
        "softMasked: FixedSizeBinary[3], contig: Dictionary<Int32, Utf8>, start: Int64, strand: Utf8",
    });
  });

  test("an id that no window has", async () => {
    const window = { ...fixtureWindow("train", 0), ids: new Uint8Array(LENGTH).fill(5) };
    const shard = await decodeShard(await bytesOf([window]), LENGTH, "a.arrow");
    expect(() => shard.window(0)).toThrow(
      "a.arrow: expected a window of 20 ids 0 … 4 on a strand of a contig in row 0, got something else",
    );
  });
});

const READ = `
import json, sys
import pyarrow.ipc as ipc
table = ipc.open_file(sys.argv[1]).read_all()
table.validate(full=True)
print(json.dumps({
  "schema": [f"{field.name}: {field.type}" for field in table.schema],
  "nullable": [field.nullable for field in table.schema],
  "metadata": {key.decode(): value.decode() for key, value in table.schema.metadata.items()},
  "batches": len(table.column(0).chunks),
  "rows": [{**row, "ids": list(row["ids"]), "softMasked": list(row["softMasked"])} for row in table.to_pylist()],
}))`;

describe.runIf(hasPythonModule("pyarrow"))("pyarrow", () => {
  test("reads what was written", async () => {
    const windows = Array.from({ length: 30_000 }, (_, index) => shifted(index, LENGTH));
    const path = join(folder, "oracle.arrow");
    writeFileSync(path, await bytesOf(windows));
    const { rows, ...read } = JSON.parse(runPython(READ, [path]));
    expect(read).toEqual({
      schema: [
        "ids: fixed_size_binary[20]",
        "softMasked: fixed_size_binary[3]",
        "contig: dictionary<values=string, indices=int32, ordered=0>",
        "start: int64",
        "strand: string",
      ],
      nullable: [false, false, false, false, false],
      metadata: {
        alphabet: "ACGTN",
        softMaskedBitOrder: "least significant bit first",
        length: "20",
        split: "train",
        first: "40",
      },
      batches: 2,
    });
    const expected = windows.map(({ ids, isSoftMasked, interval, strand }) => {
      const softMasked = new Uint8Array(3);
      packSoftMask(isSoftMasked, softMasked);
      const { contig, start } = interval;
      return { ids: [...ids], softMasked: [...softMasked], contig, start, strand };
    });
    expect(JSON.stringify(rows)).toBe(JSON.stringify(expected));
  });

  test("shards that pyarrow writes again are read", async () => {
    const path = join(folder, "again.arrow");
    const windows = windowsOf(50);
    writeFileSync(path, await bytesOf(windows));
    const code = `
import sys
import pyarrow as pa, pyarrow.ipc as ipc
table = ipc.open_file(sys.argv[1]).read_all()
with pa.OSFile(sys.argv[1] + ".copy", "wb") as sink, ipc.new_file(sink, table.schema) as writer:
    writer.write_table(table, max_chunksize=7)`;
    runPython(code, [path]);
    const shard = await decodeShard(readFileSync(`${path}.copy`), LENGTH, "copy");
    expect(windows.map((_, row) => shard.window(row))).toEqual(windows);
  });
});
