/** The add-on under test, with each instruction set that this processor has and several thread counts. */

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { Binding } from "../../../src/backends/native/binding.ts";
import { loadBinding } from "../../../src/backends/native/load-binding.ts";
import { packageRoot } from "../../../src/util/package-root.ts";

const built = loadBinding();

/** What the running test calls: the add-on or, in its turn, the one whose tile instructions are emulated. */
export let binding: Binding = built;

/** Built by npm test; in a checkout where it was not, or is older than the add-on, its tests are skipped. */
const EMULATED_TILES =
  process.env.GDIFF_TEST_TILES ?? // another build of the same: scripts/native-coverage.mjs
  join(packageRoot(), "native", "build", "emulated-tiles", "gdiff.node");

/** Runs the tests once an instruction set, which they share with the whole process while they run. */
export function describeEachInstructionSet(name: string, tests: (set: string) => void): void {
  const before = built.getInstructionSet();
  for (const set of built.instructionSets().filter(({ runsHere }) => runsHere)) {
    describe(`${name}, ${set.name}`, () => {
      beforeAll(() => built.setInstructionSet(set.name));
      tests(set.name);
      afterAll(() => built.setInstructionSet(before));
    });
  }
  const emulated = emulatedTiles();
  const reason =
    emulated === undefined
      ? " (not built, or too old: node scripts/build-native.mjs --emulate-tiles)"
      : "";
  describe.skipIf(emulated === undefined)(`${name}, amx emulated${reason}`, () => {
    beforeAll(() => {
      binding = emulated ?? built;
    });
    tests("amx");
    afterAll(() => {
      binding = built;
    });
  });
}

function emulatedTiles(): Binding | undefined {
  if (!existsSync(EMULATED_TILES)) return undefined;
  const emulated = createRequire(import.meta.url)(EMULATED_TILES) as Binding;
  return Object.keys(built).every((name) => name in emulated) ? emulated : undefined;
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

/** Reproducible values in (−1, 1), no two alike. */
export function values(count: number, salt: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) =>
    Math.sin(12.9898 * (i + 1) + 78.233 * (salt + 1)),
  );
}

/** An output before its kernel: what is not written stays NaN. */
export function poisoned(count: number): Float32Array {
  return new Float32Array(count).fill(Number.NaN);
}

/** One array for each of the sizes. */
type Arrays<Sizes extends readonly number[]> = { -readonly [K in keyof Sizes]: Float32Array };

/** Runs `compute`, which fills outputs of these sizes, with each thread count; all must be bitwise equal. */
export function computed<const Sizes extends readonly number[]>(
  sizes: Sizes,
  compute: (...outputs: Arrays<Sizes>) => void,
): Arrays<Sizes> {
  const [first, ...others] = withEachThreadCount(() => {
    const outputs = sizes.map(poisoned) as Arrays<Sizes>;
    compute(...outputs);
    return outputs;
  });
  for (const other of others)
    for (const [i, values] of other.entries())
      expect(sameBits(values, first?.[i] as Float32Array)).toBe(true);
  return first as Arrays<Sizes>;
}

type Numbers = Float32Array | Float64Array;

/** Whether two arrays are equal bit for bit. */
export function sameBits(a: Numbers, b: Numbers): boolean {
  const bytes = ({ buffer, byteOffset, byteLength }: Numbers) =>
    Buffer.from(buffer, byteOffset, byteLength);
  return bytes(a).equals(bytes(b));
}

/** Σ a b, in float64. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i] as number) * (b[i] as number);
  return total;
}

/** What a refused call throws: `TypeError: native …`. */
export function refusalOf(call: () => void): string {
  try {
    call();
  } catch (error) {
    return String(error);
  }
  throw new Error("expected a refusal, got none");
}

/** The same of arrays by name. */
export function sameBitsByName(
  a: Readonly<Record<string, Numbers>>,
  b: Readonly<Record<string, Numbers>>,
): boolean {
  return Object.entries(a).every(([name, x]) => sameBits(x, b[name] ?? new Float32Array()));
}
