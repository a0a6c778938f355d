import { describe, expect, it } from "vitest";
import { CheckpointError } from "../../src/errors.ts";
import { parseSafetensorsHeader } from "../../src/tensor/safetensors-header.ts";

describe("parseSafetensorsHeader", () => {
  it("lists tensors in the order of their data", () => {
    const text =
      '{"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    const { tensors } = parseSafetensorsHeader(file(text, 12), "x");
    expect(tensors.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("lets tensors of no elements share an offset with another", () => {
    const text = tensors({ z: [[0, 5], 4, 4], a: [[1], 0, 4], y: [[0], 0, 0], b: [[1], 4, 8] });
    expect(parseSafetensorsHeader(file(text, 8), "x").tensors.map(({ name }) => name)).toEqual([
      "y",
      "a",
      "z",
      "b",
    ]);
  });

  it("takes a header padded with spaces, and fields it does not know", () => {
    const text = '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"later":1}}   ';
    expect(parseSafetensorsHeader(file(text, 4), "x").tensors).toHaveLength(1);
  });

  const f32 = (shape: unknown, offsets: unknown): string =>
    JSON.stringify({ w: { dtype: "F32", shape, data_offsets: offsets } });

  it.each([
    [new Uint8Array(), "expected 8 bytes of header length, got a file of 0 (is it cut?)"],
    [Uint8Array.of(1, 0, 0), "expected 8 bytes of header length, got a file of 3 (is it cut?)"],
    [
      lengthThen(100_000_001n, "{}"),
      "expected a header of at most 100,000,000 bytes, got 100,000,001 (is this a safetensors file?)",
    ],
    [
      new TextEncoder().encode("PK\u0003\u0004 a zip, not safetensors"),
      "expected a header of at most 100,000,000 bytes, got 8,800,140,462,016,122,000 (is this a safetensors file?)",
    ],
    [
      lengthThen(100_000_000n, "{}"),
      "expected a header of 100,000,000 bytes, got 2 (is the file cut?)",
    ],
    [lengthThen(0n, ""), 'expected its header to start with "{", got nothing'],
    [file(" {}"), 'expected its header to start with "{", got byte 32'],
    [file('["a"]'), 'expected its header to start with "{", got byte 91'],
    [
      file(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)),
      "expected its header to be UTF-8, got other bytes",
    ],
    [file('{"a":}'), "expected its header to be JSON, got text that is not JSON"],
    [file("{} {}"), "expected its header to be JSON, got text that is not JSON"],
    [
      file(`{"a":${"[".repeat(1_000_000)}`),
      "expected its header to be JSON, got more than 3 levels",
    ],
    [
      file(`{"w":${item([1], 0, 4)},"w":${item([1], 4, 8)}}`, 8),
      'expected its header to be JSON, got key "w" twice',
    ],
    [
      file(`{"w":${item([1], 0, 4)},"\\u0077":${item([1], 4, 8)}}`, 8),
      'expected its header to be JSON, got key "w" twice',
    ],
    [
      file('{"w":{"dtype":"F32","shape":[1],"shape":[2],"data_offsets":[0,8]}}', 8),
      'expected its header to be JSON, got key "shape" twice',
    ],
    [
      file('{"__metadata__":{"a":"b","a":"c"}}'),
      'expected its header to be JSON, got key "a" twice',
    ],
    [file('{"__metadata__":{"a":1}}'), 'expected __metadata__ to map text to text, got {"a":1}'],
    [file('{"__metadata__":["a"]}'), 'expected __metadata__ to map text to text, got ["a"]'],
    [file('{"w":[1]}'), 'tensor "w": expected dtype, shape and data_offsets, got [1]'],
    [file('{"w":null}'), 'tensor "w": expected dtype, shape and data_offsets, got null'],
    [
      file('{"w":{}}'),
      'tensor "w": expected dtype F32, the only one that gdiff reads, got nothing (convert it to F32)',
    ],
    [
      file('{"w":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}', 4),
      'tensor "w": expected dtype F32, the only one that gdiff reads, got "BF16" (convert it to F32)',
    ],
    [file(f32("2", [0, 4]), 4), 'tensor "w": expected its shape to be a list of counts, got "2"'],
    [file(f32([-1], [0, 4]), 4), 'tensor "w": expected its shape to be a list of counts, got [-1]'],
    [
      file(f32([1.5], [0, 6]), 6),
      'tensor "w": expected its shape to be a list of counts, got [1.5]',
    ],
    [file(f32([1], [0]), 4), 'tensor "w": expected data_offsets to be [begin, end], got [0]'],
    [
      file(f32([1], [0, 4, 8]), 8),
      'tensor "w": expected data_offsets to be [begin, end], got [0,4,8]',
    ],
    [
      file(f32([1], [-4, 0]), 4),
      'tensor "w": expected data_offsets to be [begin, end], got [-4,0]',
    ],
    [
      file(f32([1], undefined), 4),
      'tensor "w": expected data_offsets to be [begin, end], got nothing',
    ],
    [
      file(f32([2 ** 31, 2 ** 31], [0, 0])),
      'tensor "w": expected a shape that can be counted, got [2147483648, 2147483648]',
    ],
    [
      file(f32([2 ** 31, 2 ** 31, 0], [0, 0])),
      'tensor "w": expected a shape that can be counted, got [2147483648, 2147483648, 0]',
    ],
    [
      file(f32([2 ** 52], [0, 0])),
      'tensor "w": expected a shape that can be counted, got [4503599627370496]',
    ],
    [
      file(f32([2, 3], [0, 20]), 20),
      'tensor "w": expected 24 bytes for F32 [2, 3], got data_offsets [0, 20]',
    ],
    [
      file(f32([1], [4, 0]), 4),
      'tensor "w": expected 4 bytes for F32 [1], got data_offsets [4, 0]',
    ],
    [
      file(tensors({ a: [[1], 0, 4], b: [[1], 8, 12] }), 12),
      'tensor "b": expected its data to begin at byte 4, where the tensor before it ends, got 8 (a hole)',
    ],
    [
      file(tensors({ a: [[2], 0, 8], b: [[2], 4, 12] }), 12),
      'tensor "b": expected its data to begin at byte 8, where the tensor before it ends, got 4 (an overlap)',
    ],
    [file(f32([2], [0, 8]), 7), "expected 8 bytes of data, got 7 (is the file cut?)"],
    [file(f32([2], [0, 8]), 9), "expected 8 bytes of data, got 9 (the rest belongs to no tensor)"],
  ])("says what is wrong, case %#", (bytes, message) => {
    const read = (): unknown => parseSafetensorsHeader(bytes, "model.safetensors");
    expect(read).toThrow(CheckpointError);
    expect(read).toThrow(new CheckpointError(`model.safetensors: ${message}`));
  });
});

type Item = readonly [shape: readonly number[], begin: number, end: number];

function tensors(items: Readonly<Record<string, Item>>): string {
  return `{${Object.entries(items).map(([name, of]) => `"${name}":${item(...of)}`)}}`;
}

function item(...[shape, begin, end]: Item): string {
  return JSON.stringify({ dtype: "F32", shape, data_offsets: [begin, end] });
}

function file(header: string | Uint8Array, dataBytes = 0): Uint8Array {
  const bytes = typeof header === "string" ? new TextEncoder().encode(header) : header;
  return new Uint8Array([...lengthThen(BigInt(bytes.length), bytes), ...new Uint8Array(dataBytes)]);
}

function lengthThen(length: bigint, rest: string | Uint8Array): Uint8Array {
  const tail = typeof rest === "string" ? new TextEncoder().encode(rest) : rest;
  const bytes = new Uint8Array(8 + tail.length);
  new DataView(bytes.buffer).setBigUint64(0, length, true);
  bytes.set(tail, 8);
  return bytes;
}
