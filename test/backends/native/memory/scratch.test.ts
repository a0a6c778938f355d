/** The memory that kernels work in: a stack of each thread, in several pieces until its size is known. */

import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { binding, poisoned, sameBits, values } from "../support.ts";

const before = { threads: binding.getThreads(), limit: binding.memoryLimit() };
beforeAll(() => binding.setThreads(1)); // each thread has a stack
afterEach(() => binding.setMemoryLimit(before.limit));
afterAll(() => binding.setThreads(before.threads));

/** Bytes of a piece at least; what a gradient of the input pads dy to is more here, and its weights come after that. */
const PIECE = 4 * 2 ** 20;
const [IN, OUT, KERNEL] = [4, 260, 2];

/** The gradient of a convolution's input, of one sequence; convolution.test.ts holds it against float64 loops. */
function gradient(length: number): Float32Array {
  const weight = values(OUT * IN * KERNEL, 1);
  const dy = new Float32Array((length - KERNEL + 1) * OUT);
  for (let i = 0; i < dy.length; i++) dy[i] = ((i * i) % 31) - 15;
  const dx = poisoned(length * IN);
  binding.conv1dInputGradient(1, length, IN, OUT, KERNEL, weight, dy, dx, false);
  return dx;
}

const paddedBytes = (length: number): number => 4 * (length + KERNEL - 1) * OUT;

it("is in two pieces, then in one, and the values are the same", () => {
  const taken = binding.memoryTaken();
  const inPieces = gradient(4100);
  expect(paddedBytes(4100)).toBeGreaterThan(PIECE);
  expect(binding.memoryTaken()).toBe(taken); // pieces go back
  const inOne = gradient(4100);
  const held = binding.memoryTaken() - taken;
  expect(held).toBeGreaterThan(paddedBytes(4100) + 4 * IN * OUT * KERNEL);
  expect(held).toBeLessThan(paddedBytes(4100) + PIECE);
  expect(sameBits(gradient(4100), inOne)).toBe(true);
  expect(sameBits(inPieces, inOne)).toBe(true);
  expect(binding.memoryTaken() - taken).toBe(held);
});

it("is no more than a call needs where there is no room for what the last one needed", () => {
  const expected = gradient(4500);
  gradient(9000); // more than is held: in pieces again, whose sum the next call would take at once
  const taken = binding.memoryTaken();
  binding.setMemoryLimit(taken + paddedBytes(4500) + PIECE / 8);
  expect(sameBits(gradient(4500), expected)).toBe(true);
  expect(binding.memoryTaken()).toBe(taken);
});

it("works for calls large and small once it is more than a thread keeps for good", () => {
  const expected = gradient(4500);
  expect(paddedBytes(34_000)).toBeGreaterThan(32 * 2 ** 20);
  const large = gradient(34_000); // in pieces
  expect(sameBits(gradient(34_000), large)).toBe(true);
  expect(sameBits(gradient(4500), expected)).toBe(true);
  expect(sameBits(gradient(34_000), large)).toBe(true);
});
