import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadBinding } from "../../../src/backends/native/load-binding.ts";
import type { ByteLoops } from "../../../src/genome/byte-loops.ts";
import { type GenomeBinding, nativeLoops } from "../../../src/genome/node-native-loops.ts";
import { plainByteLoops } from "../../../src/genome/plain-byte-loops.ts";
import { bytesOf, dice, randomLetters, textOf, wrapped } from "../../genome/fixtures.ts";
import { binding, describeEachInstructionSet, refusalOf } from "./support.ts";

const CODES = "ACGTNRYSWKMBDHVacgtnryswkmbdhv";

/** What a loop wrote, what it left alone included, and what it returned, as text. */
function unwrapped(loops: ByteLoops, from: Uint8Array, call: UnwrapCall): string {
  const to = new Uint8Array(call.at + call.count + 1).fill(0x21);
  const { start, end, column, lineBases, endBytes, keepsCodes, at, count } = call;
  const lines = { lineBases, lineWidth: lineBases + endBytes };
  const done = loops.unwrap(from, start, end, column, lines, keepsCodes, to, at, count);
  return `${done} ${textOf(to.subarray(0, at + done))} ${to.at(-1)}`;
}

interface UnwrapCall {
  readonly start: number;
  readonly end: number;
  readonly column: number;
  readonly lineBases: number;
  readonly endBytes: 1 | 2;
  readonly keepsCodes: boolean;
  readonly at: number;
  readonly count: number;
}

describeEachInstructionSet("genomeUnwrap", () => {
  it("does what the loop in JavaScript does, on lines of any length with anything in them", () => {
    const { bytes } = nativeLoops(binding);
    const roll = dice(1);
    for (let round = 0; round < 1500; round++) {
      const lineBases = 1 + roll([4, 40, 100, 300][roll(4)] as number);
      const endBytes = roll(2) === 0 ? 1 : 2;
      const sequence = randomLetters(roll(600), CODES, roll);
      const text = bytesOf(wrapped(sequence, lineBases, endBytes === 1 ? "\n" : "\r\n"));
      for (let faults = roll(3); faults > 0 && text.length > 0; faults--) {
        text[roll(text.length)] = [0x0a, 0x0d, 0x3e, 0, 0x55, 0x80, 0xc1, 0xff, 0x41][
          roll(9)
        ] as number;
      }
      const column = roll(3) === 0 ? roll(lineBases) : 0;
      const start = column < text.length ? column : 0;
      const call: UnwrapCall = {
        start,
        end: text.length - roll(Math.min(3, text.length - start + 1)),
        column: start === column ? column : 0,
        lineBases,
        endBytes,
        keepsCodes: roll(2) === 0,
        at: roll(5),
        count: roll(700),
      };
      expect(unwrapped(bytes, text, call)).toBe(unwrapped(plainByteLoops, text, call));
    }
  });

  it("tells every byte as the loop in JavaScript does, at every place of a block", () => {
    const { bytes } = nativeLoops(binding);
    for (let byte = 0; byte < 256; byte++) {
      for (const place of [0, 15, 31, 32, 50]) {
        const text = new Uint8Array(70).fill(0x41);
        text[place] = byte;
        for (const keepsCodes of [false, true]) {
          const call: UnwrapCall = {
            start: 0,
            end: 70,
            column: 0,
            lineBases: 70,
            endBytes: 1,
            keepsCodes,
            at: 0,
            count: 70,
          };
          expect(unwrapped(bytes, text, call)).toBe(unwrapped(plainByteLoops, text, call));
        }
      }
    }
  });
});

describeEachInstructionSet("genomeEncode", () => {
  it("does what the loop in JavaScript does, with any byte anywhere", () => {
    const { bytes } = nativeLoops(binding);
    const run = (loops: ByteLoops, bases: Uint8Array): string => {
      const ids = new Uint8Array(bases.length);
      const isSoftMasked = new Uint8Array(bases.length);
      const done = loops.encode(bases, ids, isSoftMasked);
      return `${done} ${ids.subarray(0, done).join("")} ${isSoftMasked.subarray(0, done).join("")}`;
    };
    const roll = dice(2);
    for (let round = 0; round < 500; round++) {
      const bases = bytesOf(randomLetters(roll(200), "ACGTNacgtn", roll));
      if (roll(2) === 0 && bases.length > 0) bases[roll(bases.length)] = roll(256);
      expect(run(bytes, bases)).toBe(run(plainByteLoops, bases));
    }
  });
});

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

describe("genome functions of the add-on", () => {
  const bytes = new Uint8Array(4);
  it.each([
    [
      (b: GenomeBinding) => b.genomeUnwrap(bytes, 3, 2, 0, 4, 1, false, bytes, 0, 1),
      "expected start <= end <= from.length",
    ],
    [
      (b: GenomeBinding) => b.genomeUnwrap(bytes, 0, 5, 0, 4, 1, false, bytes, 0, 1),
      "expected start <= end <= from.length",
    ],
    [
      (b: GenomeBinding) => b.genomeUnwrap(bytes, 0, 4, 0, 4, 1, false, bytes, 2, 3),
      "expected room for count bases at `at`",
    ],
    [
      (b: GenomeBinding) => b.genomeUnwrap(bytes, 0, 4, 4, 4, 1, false, bytes, 0, 1),
      "expected column < lineBases, and line ends of 1 or 2 bytes",
    ],
    [
      (b: GenomeBinding) => b.genomeUnwrap(bytes, 0, 4, 0, 4, 3, false, bytes, 0, 1),
      "expected column < lineBases, and line ends of 1 or 2 bytes",
    ],
  ])("refuse ranges outside of their arrays (%#)", (call, message) => {
    expect(refusalOf(() => call(loadBinding()))).toBe(`TypeError: native genomeUnwrap: ${message}`);
  });

  it("refuse arrays of another kind", () => {
    // @ts-expect-error: what JavaScript could pass
    expect(refusalOf(() => loadBinding().genomeInflate([1], bytes))).toBe(
      "TypeError: native genomeInflate: expected from to be a Uint8Array, got object",
    );
    // @ts-expect-error: what JavaScript could pass
    expect(refusalOf(() => loadBinding().genomeEncode(new Float32Array(1), bytes, bytes))).toBe(
      "TypeError: native genomeEncode: expected bases to be a Uint8Array, got a typed array of another kind",
    );
  });
});
