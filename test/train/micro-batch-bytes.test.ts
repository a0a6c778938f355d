import { expect, test } from "vitest";
import {
  microBatchBytes,
  packMicroBatch,
  unpackMicroBatch,
} from "../../src/train/micro-batch-bytes.ts";

test.each([
  [1, 1, false, false],
  [3, 7, false, false],
  [3, 7, true, false],
  [3, 7, false, true],
  [2, 1024, true, true],
])(
  "a micro-batch of %i × %i comes back as it was (levels: %s, lengths: %s)",
  (batch, length, isToldNoise, hasLengths) => {
    const count = batch * length;
    const microBatch = {
      batch,
      length,
      x0: Uint8Array.from({ length: count }, (_, i) => i % 5),
      xt: Uint8Array.from({ length: count }, (_, i) => i % 6),
      weight: Float32Array.from({ length: count }, (_, i) => 1 / (1 + i)),
      bases: count - 1,
      ...(isToldNoise ? { levels: Float32Array.from({ length: batch }, (_, i) => 0.3 * i) } : {}),
      ...(hasLengths ? { lengths: Array.from({ length: batch }, (_, i) => length - i) } : {}),
    };
    const shape = { batch, length, isToldNoise, hasLengths };
    const bytes = new Uint8Array(microBatchBytes(shape));
    packMicroBatch(microBatch, bytes);
    expect(unpackMicroBatch(bytes, shape)).toEqual(microBatch);
    // As a slot of a ring, between others.
    const slots = new Uint8Array(new SharedArrayBuffer(3 * 8 * Math.ceil(bytes.length / 8))).fill(
      9,
    );
    const slot = slots.subarray(slots.length / 3, (2 * slots.length) / 3);
    packMicroBatch(microBatch, slot);
    expect(unpackMicroBatch(new Uint8Array(slot), shape)).toEqual(microBatch);
    expect(slots.subarray(0, slots.length / 3).every((byte) => byte === 9)).toBe(true);
    expect(slots.subarray((2 * slots.length) / 3).every((byte) => byte === 9)).toBe(true);
  },
);
