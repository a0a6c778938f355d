import { expect } from "vitest";
import { tf } from "../../src/tensor/tf.ts";

/** The tape is off, nothing is recorded, and no scope is open. */
export function expectCleanEngine(): void {
  const { gradientDepth, kernelDepth, activeTape, scopeStack } = tf.engine().state;
  expect(gradientDepth).toBe(0);
  expect(kernelDepth).toBe(0);
  expect(activeTape ?? []).toEqual([]);
  expect(scopeStack).toEqual([]);
}
