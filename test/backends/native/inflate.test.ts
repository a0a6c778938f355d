import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { bytesOf, dice, randomLetters, textOf, wrapped } from "../../genome/fixtures.ts";
import { binding, describeEachInstructionSet } from "./support.ts";

/** Text that compresses in every way: runs, repeats near and far, and bytes without any order. */
function texts(): Uint8Array[] {
  const roll = dice(3);
  const noise = Uint8Array.from({ length: 70_000 }, () => roll(256));
  const dna = bytesOf(wrapped(randomLetters(100_000, "ACGTacgtN", roll), 60));
  const far = new Uint8Array(66_000).fill(0x4e);
  far.set(noise.subarray(0, 40_000));
  far.set(noise.subarray(7_300, 20_000), 50_000);
  const skewed = Uint8Array.from({ length: 50_000 }, () => {
    let value = 0;
    while (value < 255 && roll(2) === 0) value++; // codes of every length
    return value;
  });
  return [
    new Uint8Array(0),
    bytesOf("A"),
    new Uint8Array(300).fill(0x4e),
    dna,
    noise,
    far,
    skewed,
    bytesOf("ACG".repeat(9000)),
  ];
}

describeEachInstructionSet("genomeInflate", () => {
  it("gives the text of streams of every level and kind, and no byte behind it", () => {
    for (const text of texts()) {
      for (const level of [0, 1, 6, 9]) {
        for (const strategy of [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_RLE]) {
          const stream = deflateRawSync(text, { level, strategy });
          const room = new Uint8Array(text.length + 8).fill(0x21);
          const got = binding.genomeInflate(stream, room.subarray(0, text.length));
          expect(got).toBe(text.length);
          expect(Buffer.compare(room.subarray(0, text.length), text)).toBe(0);
          expect(textOf(room.subarray(text.length))).toBe("!!!!!!!!");
        }
      }
    }
  });

  it("refuses a stream cut anywhere, and one that is longer than its room", () => {
    const text = bytesOf(wrapped(randomLetters(3000, "ACGT", dice(4)), 60));
    const stream = deflateRawSync(text);
    for (let length = 0; length < stream.length; length++) {
      const got = binding.genomeInflate(stream.subarray(0, length), new Uint8Array(text.length));
      expect(got).toBe(-1);
    }
    for (const missing of [1, 2, 300]) {
      const room = new Uint8Array(text.length - missing);
      expect(binding.genomeInflate(stream, room)).toBe(-6);
    }
  });

  it("takes and refuses what zlib takes and refuses, with bits flipped and bytes without sense", () => {
    const agree = (stream: Uint8Array, length: number): void => {
      const room = new Uint8Array(length + 4).fill(0x21);
      const got = binding.genomeInflate(stream, room.subarray(0, length));
      let wanted: Uint8Array | undefined;
      try {
        wanted = inflateRawSync(stream, { maxOutputLength: Math.max(1, length) });
        if (wanted.length > length) wanted = undefined;
      } catch {
        wanted = undefined;
      }
      const isSame =
        wanted === undefined ? got < 0 : Buffer.compare(room.subarray(0, got), wanted) === 0;
      if (!isSame) expect([got, stream]).toEqual([wanted?.length, stream]);
      expect(textOf(room.subarray(length))).toBe("!!!!");
    };
    const roll = dice(5);
    const streams = [
      deflateRawSync(bytesOf(wrapped(randomLetters(900, "ACGTacgtN", roll), 60))),
      deflateRawSync(bytesOf(randomLetters(500, "ACGT", roll)), { strategy: constants.Z_FIXED }),
      deflateRawSync(bytesOf(randomLetters(200, "ACGT", roll)), { level: 0 }),
    ];
    for (const [which, stream] of streams.entries()) {
      const length = [915, 500, 200][which] as number;
      for (let bit = 0; bit < 8 * Math.min(stream.length, 60); bit++) {
        const flipped = Uint8Array.from(stream);
        flipped[bit >>> 3] = (flipped[bit >>> 3] as number) ^ (1 << (bit & 7));
        agree(flipped, length);
      }
    }
    const anything = fc.uint8Array({ minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(anything, fc.nat(2000), (bytes, length) => {
        for (const kind of [1, 3, 5]) agree(Uint8Array.from([kind, ...bytes]), length);
        agree(bytes, length);
      }),
      { numRuns: 200, seed: 6 },
    );
  });
});
