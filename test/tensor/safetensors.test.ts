import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NamedArrays } from "../../src/tensor/named-arrays.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/tensor/safetensors.ts";
import { naiveReadSafetensors } from "../naive/safetensors.ts";
import { hasPythonModule, runPython } from "../support/oracles.ts";

const SMALL: NamedArrays = {
  "block.0.bias": { shape: [3], data: Float32Array.of(0, -0, 1.5) },
  "block.10.weight": { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6e-39) },
  scale: { shape: [], data: Float32Array.of(-7.25) },
  empty: { shape: [4, 0], data: new Float32Array() },
};

describe("encodeSafetensors", () => {
  it("writes what a plain reader of the format reads", () => {
    const bytes = encodeSafetensors(SMALL, { format: "gdiff", step: "12" });
    const { headerBytes, metadata, tensors } = naiveReadSafetensors(bytes);
    expect(headerBytes % 8).toBe(0);
    expect(metadata).toEqual({ format: "gdiff", step: "12" });
    expect([...tensors.keys()]).toEqual(["block.0.bias", "block.10.weight", "empty", "scale"]);
    for (const [name, { shape, data }] of Object.entries(SMALL)) {
      expect(tensors.get(name)).toEqual({ dtype: "F32", shape, values: [...data] });
    }
  });

  it("gives equal bytes whatever the order of names", () => {
    const reversed = Object.fromEntries(Object.entries(SMALL).reverse());
    const a = encodeSafetensors(SMALL, { a: "1", b: "2" });
    expect(encodeSafetensors(reversed, { b: "2", a: "1" })).toEqual(a);
  });

  it("puts names that look like numbers in text order", () => {
    const one = { shape: [1], data: Float32Array.of(1) };
    const bytes = encodeSafetensors({ "9": one, "10": one, a: one });
    expect(headerText(bytes)).toMatch(/^{"10":.*"9":.*"a":/);
  });

  it("writes no metadata entry when there is none", () => {
    expect(headerText(encodeSafetensors({})).trimEnd()).toBe("{}");
  });

  it("refuses a shape that does not fit its data", () => {
    const arrays = { w: { shape: [2, 2], data: new Float32Array(3) } };
    expect(() => encodeSafetensors(arrays)).toThrow(
      'internal: expected tensor "w" to have 4 numbers, got 3, and a name other than __metadata__',
    );
  });

  it("refuses a tensor that would read back as metadata", () => {
    const arrays = { __metadata__: { shape: [1], data: new Float32Array(1) } };
    expect(() => encodeSafetensors(arrays)).toThrow("and a name other than __metadata__");
  });
});

describe("decodeSafetensors", () => {
  it("gives back what was encoded, bit for bit", () => {
    const bytes = encodeSafetensors(SMALL, { format: "gdiff" });
    const { arrays, metadata } = decodeSafetensors(bytes, "model.safetensors");
    expect(arrays).toEqual(SMALL);
    expect(Object.is(arrays["block.0.bias"]?.data[1], -0)).toBe(true);
    expect(metadata).toEqual({ format: "gdiff" });
  });

  it("gives back any arrays", () => {
    const array = fc.array(fc.nat(4), { maxLength: 4 }).chain((shape) => {
      const length = shape.reduce((product, size) => product * size, 1);
      return fc
        .float32Array({ minLength: length, maxLength: length })
        .map((data) => ({ shape, data }));
    });
    const name = fc.string({ unit: "grapheme" }).filter((text) => text !== "__metadata__");
    const arrays = fc.dictionary(name, array, { maxKeys: 6 });
    fc.assert(
      fc.property(arrays, (given) => {
        const { arrays: back } = decodeSafetensors(encodeSafetensors(given), "x");
        expect(Object.entries(back).sort()).toEqual(Object.entries(given).sort());
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it("reads a view into a larger buffer at any alignment, and copies", () => {
    const bytes = encodeSafetensors(SMALL);
    const around = Buffer.alloc(bytes.length + 16);
    around.set(bytes, 3);
    const { arrays } = decodeSafetensors(around.subarray(3, 3 + bytes.length), "x");
    around.fill(0);
    expect(arrays).toEqual(SMALL);
  });

  it("takes __proto__ as a tensor's name like any other", () => {
    const given = { ["__proto__"]: { shape: [1], data: Float32Array.of(5) } };
    const { arrays } = decodeSafetensors(encodeSafetensors(given), "x");
    expect(Object.keys(arrays)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(arrays)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).data).toBeUndefined();
  });

  it("keeps numbers that are not finite", () => {
    const data = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    const { arrays } = decodeSafetensors(encodeSafetensors({ w: { shape: [3], data } }), "x");
    expect(arrays.w?.data).toEqual(data);
  });

  it("never fails otherwise than with a CheckpointError when bytes are cut or a bit flips", () => {
    const bytes = encodeSafetensors(SMALL, { format: "gdiff" });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.subarray(0, length), "cut")).toThrowError(
        expect.objectContaining({ code: "E_CHECKPOINT", exitCode: 4 }),
      );
    }
    let refused = 0;
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      try {
        decodeSafetensors(flipped, "flipped");
      } catch (error) {
        expect(error).toMatchObject({ code: "E_CHECKPOINT" });
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(bytes.length); // most flips in the header; flips of data are legal here
  });
});

describe.skipIf(!hasPythonModule("safetensors, numpy"))(
  "beside the reference implementation",
  () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "gdiff-safetensors-"));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it("writes the bytes that it writes", () => {
      const path = join(folder, "reference.safetensors");
      runPython(
        `import sys, numpy as np
from safetensors.numpy import save_file
f = np.float32
save_file({"block.0.bias": np.array([0, -0.0, 1.5], f), "block.10.weight": np.array([[1, 2, 3], [4, 5, 6e-39]], f),
  "scale": np.array(-7.25, f), "empty": np.zeros((4, 0), f)}, sys.argv[1], {"format": "gdiff"})`,
        [path],
      );
      const theirs = new Uint8Array(readFileSync(path));
      expect(decodeSafetensors(theirs, path).arrays).toEqual(SMALL);
      expect(encodeSafetensors(SMALL, { format: "gdiff" })).toEqual(theirs);
    });

    it("writes a file that it reads", () => {
      const path = join(folder, "ours.safetensors");
      writeFileSync(path, encodeSafetensors(SMALL, { a: "1", b: "é" }));
      const text = runPython(
        `import sys, json
from safetensors import safe_open
with safe_open(sys.argv[1], "numpy") as f:
  print(json.dumps([f.metadata(), {k: [list(f.get_tensor(k).shape), f.get_tensor(k).ravel().tolist()] for k in f.keys()}]))`,
        [path],
      );
      const tensors = Object.entries(SMALL).map(([name, { shape, data }]) => [
        name,
        [shape, [...data]],
      ]);
      const zeroSigned = JSON.parse(text);
      expect(zeroSigned[0]).toEqual({ a: "1", b: "é" });
      expect(zeroSigned[1]).toEqual(Object.fromEntries(tensors));
    });
  },
);

function headerText(bytes: Uint8Array): string {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  return new TextDecoder().decode(bytes.subarray(8, 8 + length));
}
