/** The add-on under test, with each instruction set that this processor has and several thread counts. */

import { afterAll, beforeAll, describe } from "vitest";
import type { Binding } from "../../../src/backends/native/binding.ts";
import { loadBinding } from "../../../src/backends/native/load.ts";

export const binding: Binding = loadBinding();

/** Runs the tests once an instruction set, which they share with the whole process while they run. */
export function describeEachInstructionSet(name: string, tests: (set: string) => void): void {
  const before = binding.getInstructionSet();
  for (const set of binding.instructionSets().filter(({ runsHere }) => runsHere)) {
    describe(`${name}, ${set.name}`, () => {
      beforeAll(() => binding.setInstructionSet(set.name));
      tests(set.name);
      afterAll(() => binding.setInstructionSet(before));
    });
  }
}

/** Returns what `compute` gives with 1, 2, 3 and 4 threads. */
export function withEachThreadCount<T>(compute: () => T): T[] {
  const before = binding.getThreads();
  try {
    return [1, 2, 3, 4].map((count) => {
      binding.setThreads(count);
      return compute();
    });
  } finally {
    binding.setThreads(before);
  }
}
