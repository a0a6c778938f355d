import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBase, LETTERS, MASK_ID, N_ID, VOCAB_SIZE } from "../../src/tokens/alphabet.ts";
import { reverseComplementIds } from "../../src/tokens/complement.ts";
import { decodeIds, encodeBases } from "../../src/tokens/encode.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const sequence = fc.string({ unit: fc.constantFrom(..."ACGTNacgtn"), maxLength: 40 });

describe("the alphabet", () => {
  it("is A C G T N MASK, of which the first four are bases", () => {
    expect([...LETTERS]).toEqual(["A", "C", "G", "T", "N", "MASK"]);
    expect(LETTERS).toHaveLength(VOCAB_SIZE);
    expect([0, 1, 2, 3, N_ID, MASK_ID].map(isBase)).toEqual([true, true, true, true, false, false]);
  });
});

describe("encodeBases", () => {
  it("gives ids, and the letters' case as a track of its own", () => {
    const { ids, isSoftMasked } = encodeBases(bytes("ACGTNacgtn"));
    expect([...ids]).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
    expect([...isSoftMasked]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
  });

  it("is undone by decodeIds and the case", () => {
    fc.assert(
      fc.property(sequence, (text) => {
        const { ids, isSoftMasked } = encodeBases(bytes(text));
        const cased = [...decodeIds(ids)].map((letter, i) =>
          isSoftMasked[i] === 1 ? letter.toLowerCase() : letter,
        );
        expect(cased.join("")).toBe(text);
      }),
    );
  });

  it("refuses every other byte, with its place", () => {
    for (let byte = 0; byte < 256; byte++) {
      if ("ACGTNacgtn".includes(String.fromCharCode(byte))) continue;
      expect(() => encodeBases(Uint8Array.of(65, byte))).toThrow(
        `internal: expected one of ACGTNacgtn at base 1, got byte ${byte}`,
      );
    }
  });
});

describe("decodeIds", () => {
  it("refuses MASK and what is no token", () => {
    for (const id of [MASK_ID, 6, 255])
      expect(() => decodeIds(Uint8Array.of(0, id))).toThrow(
        `internal: expected token ids 0 … 4, got ${id}`,
      );
  });
});

describe("reverseComplementIds", () => {
  it("turns AACGTN into NACGTT and leaves MASK in its mirrored place", () => {
    expect(decodeIds(reverseComplementIds(encodeBases(bytes("AACGTN")).ids))).toBe("NACGTT");
    expect([...reverseComplementIds(Uint8Array.of(MASK_ID, 0, 1))]).toEqual([2, 3, MASK_ID]);
  });

  it("applied twice is the identity, and leaves its argument alone", () => {
    fc.assert(
      fc.property(fc.uint8Array({ max: MASK_ID, maxLength: 40 }), (ids) => {
        const before = ids.slice();
        expect(reverseComplementIds(reverseComplementIds(ids))).toEqual(ids);
        expect(ids).toEqual(before);
      }),
    );
  });
});
