import { closeSync, openSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadBinding } from "../../../src/backends/native/load-binding.ts";
import type { BaseRuns, ByteLoops } from "../../../src/genome/byte-loops.ts";
import { joinRuns } from "../../../src/genome/join-runs.ts";
import { type GenomeBinding, nativeLoops } from "../../../src/genome/node-native-loops.ts";
import { plainByteLoops } from "../../../src/genome/plain-byte-loops.ts";
import { unpackBases, writeSoftMasked, writeUnknown } from "../../../src/genome/unpack-bases.ts";
import {
  bytesOf,
  dice,
  randomLetters,
  temporaryFile,
  textOf,
  wrapped,
} from "../../genome/fixtures.ts";
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

/** Opens a file of `bytes` for the running test; its number. */
function opened(bytes: Uint8Array): number {
  const file = openSync(temporaryFile("x", bytes), "r");
  onTestFinished(() => closeSync(file));
  return file;
}

describeEachInstructionSet("genomeReadLines", () => {
  it("reads windows as the loop in JavaScript does, and none where the file ends before", () => {
    const { files } = nativeLoops(binding).bytes;
    const roll = dice(7);
    const text = bytesOf(wrapped(randomLetters(5000, CODES, roll), 60));
    const file = opened(text);
    const lines = { lineBases: 60, lineWidth: 61 };
    for (let round = 0; round < 300; round++) {
      const offset = roll(text.length);
      const length = roll(text.length - offset + 1);
      const column = Math.min(offset % 61, 59);
      const got = new Uint8Array(roll(1500));
      const wanted = new Uint8Array(got.length);
      const done = files?.readLines(file, offset, length, column, lines, got);
      const part = text.subarray(offset, offset + length);
      const count = wanted.length;
      expect(done).toBe(
        plainByteLoops.unwrap(part, 0, length, column, lines, false, wanted, 0, count),
      );
      expect(textOf(got.subarray(0, done))).toBe(textOf(wanted.subarray(0, done)));
    }
    expect(files?.readLines(file, text.length - 5, 6, 0, lines, new Uint8Array(5))).toBe(0);
    expect(files?.readLines(2 ** 30, 0, 6, 0, lines, new Uint8Array(5))).toBe(0);
  });
});

describeEachInstructionSet("genomeReadPacked", () => {
  it("reads windows as the loops in JavaScript do, and none where the file ends before", () => {
    const { files } = nativeLoops(binding).bytes;
    const roll = dice(8);
    const packed = Uint8Array.from({ length: 700 }, () => roll(256));
    const file = opened(packed);
    for (let round = 0; round < 300; round++) {
      const { runs, unknown, softMasked } = joinRuns(runsUpTo(2600, roll), runsUpTo(2600, roll));
      const start = roll(2600);
      const got = new Uint8Array(roll(2600 - start));
      expect(files?.readPacked(file, 50, start, runs, got)).toBe(true);
      const first = 50 + Math.floor(start / 4);
      const wanted = unpackBases(packed.subarray(first), start % 4, got.length);
      writeUnknown(wanted, start, unknown);
      writeSoftMasked(wanted, start, softMasked);
      expect(textOf(got)).toBe(textOf(wanted));
    }
    const { runs: none } = joinRuns(runsUpTo(0, roll), runsUpTo(0, roll));
    expect(files?.readPacked(file, 698, 0, none, new Uint8Array(9))).toBe(false);
  });
});

/** Runs apart from each other, on the first `bases`. */
function runsUpTo(bases: number, roll: (bound: number) => number): BaseRuns {
  const starts: number[] = [];
  const lengths: number[] = [];
  for (let at = roll(200); at < bases; at += roll(200)) {
    const length = 1 + roll(100);
    starts.push(at);
    lengths.push(length);
    at += length;
  }
  return { starts: Uint32Array.from(starts), lengths: Uint32Array.from(lengths) };
}

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

  it.each([
    [
      (b: GenomeBinding) => b.genomeReadLines(0, 0, 65_537, 0, 4, 1, bytes),
      "genomeRead: expected a file descriptor, and at most 65536 bytes",
    ],
    [
      (b: GenomeBinding) => b.genomeReadLines(0, 0, 4, 4, 4, 1, bytes),
      "genomeReadLines: expected column < lineBases, and line ends of 1 or 2 bytes",
    ],
    [
      (b: GenomeBinding) => b.genomeReadPacked(0, 0, 0, new Uint32Array(5), 1, bytes),
      "genomeReadPacked: expected as many lengths as starts of runs",
    ],
    [
      (b: GenomeBinding) => b.genomeReadPacked(0, 0, 0, new Uint32Array(6), 4, bytes),
      "genomeReadPacked: expected as many lengths as starts of runs",
    ],
  ])("refuse to read what they cannot (%#)", (call, message) => {
    expect(refusalOf(() => call(loadBinding()))).toBe(`TypeError: native ${message}`);
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
