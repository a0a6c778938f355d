/** Attention of the native engine against float64 loops, whose gradient is checked by central differences. */

import { describe, expect, it } from "vitest";
import type { NativeAttentionPattern } from "../../../src/backends/native/bindings/attention.ts";
import { naiveAttention, naiveAttentionGradients } from "../../naive/attention.ts";
import { centralDifferences } from "../../naive/central-differences.ts";
import { maxDifference } from "../../support/backend.ts";
import { CASES, type Case, full, keysOf, naiveShape, sizesOf } from "./attention-cases.ts";
import {
  binding,
  describeEachInstructionSet,
  sameBitsByName,
  withEachThreadCount,
} from "./support.ts";

const values = (count: number, salt: number, scale = 1): Float32Array =>
  Float32Array.from(
    { length: count },
    (_, i) => scale * Math.sin(12.9898 * (i + 1) + 78.233 * (salt + 1)),
  );

function inputsOf(one: Case): {
  q: Float32Array;
  k: Float32Array;
  v: Float32Array;
  dOut: Float32Array;
} {
  const each = one.batch * one.heads * one.headWidth;
  return {
    q: values(each * one.queries, 1, 3),
    k: values(each * keysOf(one), 2),
    v: values(each * keysOf(one), 3),
    dOut: values(each * one.queries, 4),
  };
}

type Inputs = ReturnType<typeof inputsOf>;
const poisoned = (count: number): Float32Array => new Float32Array(count).fill(Number.NaN);

function forward(
  one: Case,
  { q, k, v }: Inputs,
  bf16: boolean,
): { out: Float32Array; lse: Float32Array } {
  const out = poisoned(q.length);
  const lse = poisoned(one.batch * one.heads * one.queries);
  binding.attentionForward(...sizesOf(one, bf16), q, k, v, out, lse);
  return { out, lse };
}

function backward(
  one: Case,
  inputs: Inputs,
  bf16: boolean,
): Record<"dq" | "dk" | "dv", Float32Array> {
  const { q, k, v, dOut } = inputs;
  const { out, lse } = forward(one, inputs, bf16);
  const [dq, dk, dv] = [poisoned(q.length), poisoned(k.length), poisoned(v.length)] as const;
  binding.attentionBackward(...sizesOf(one, bf16), q, k, v, out, lse, dOut, dq, dk, dv);
  return { dq, dk, dv };
}

/** The result of the first call, for the instruction sets that follow. */
function once<T>(compute: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => {
    result ??= { value: compute() };
    return result.value;
  };
}

const nameOf = ({ batch, heads, headWidth, ...rest }: Case): string =>
  `[${batch}, ${heads}, ${rest.queries}, ${headWidth}] ${JSON.stringify(rest)}`;

describe("the loops' gradient", () => {
  it.each([
    { ...full(1, 2, 4, 3) },
    { ...full(2, 1, 3, 2), keys: 5, lengths: [2, 5] },
    { ...full(1, 1, 6, 2), pattern: "doubled-blocks" as const, block: 2 },
  ])("is that of central differences: %j", (one) => {
    const { q, k, v, dOut } = inputsOf(one);
    const shape = naiveShape(one);
    const { dq, dk, dv } = naiveAttentionGradients(q, k, v, dOut, shape);
    const sum = (out: Float64Array): number =>
      out.reduce((s, y, i) => s + y * (dOut[i] as number), 0);
    const difference = (
      [
        [dq, centralDifferences((x) => sum(naiveAttention(x, k, v, shape)), q)],
        [dk, centralDifferences((x) => sum(naiveAttention(q, x, v, shape)), k)],
        [dv, centralDifferences((x) => sum(naiveAttention(q, k, x, shape)), v)],
      ] as const
    ).map(([a, b]) => maxDifference(a, b));
    expect(Math.max(...difference)).toBeLessThan(1e-8);
  });
});

const PREPARED = CASES.map((one) => {
  const inputs = inputsOf(one);
  const { q, k, v, dOut } = inputs;
  const shape = naiveShape(one);
  return {
    one,
    inputs,
    expectedOut: once(() => naiveAttention(q, k, v, shape)),
    expectedGradients: once(() => naiveAttentionGradients(q, k, v, dOut, shape)),
  };
});

describeEachInstructionSet("attention", () => {
  for (const { one, inputs, expectedOut, expectedGradients } of PREPARED) {
    it(`forward ${nameOf(one)}`, () => {
      const expected = expectedOut();
      expect(maxDifference(forward(one, inputs, false).out, expected)).toBeLessThan(2e-6);
      expect(maxDifference(forward(one, inputs, true).out, expected)).toBeLessThan(2e-2);
      for (const bf16 of [false, true]) {
        const [first, ...others] = withEachThreadCount(() => forward(one, inputs, bf16));
        for (const other of others) expect(sameBitsByName(other, first ?? {})).toBe(true);
      }
    });
    it(`backward ${nameOf(one)}`, () => {
      const expected = expectedGradients();
      for (const [bf16, tolerance] of [
        [false, 1e-5],
        [true, 2e-2],
      ] as const) {
        const [first, ...others] = withEachThreadCount(() => backward(one, inputs, bf16));
        for (const name of ["dq", "dk", "dv"] as const) {
          const scale = expected[name].reduce((most, x) => Math.max(most, Math.abs(x)), 1);
          const difference = maxDifference(first?.[name] as Float32Array, expected[name]);
          expect(difference / scale, name).toBeLessThan(tolerance);
        }
        for (const other of others) expect(sameBitsByName(other, first ?? {})).toBe(true);
      }
    });
  }

  it("gives a row the same bits alone, in a batch of 17 and anywhere in it", () => {
    const alone: Case = { ...full(1, 1, 290, 6), keys: 290, lengths: [285] };
    const many: Case = { ...alone, batch: 17, lengths: new Array<number>(17).fill(285) };
    const inputs = inputsOf(alone);
    const repeated = (x: Float32Array): Float32Array =>
      Float32Array.from({ length: 17 * x.length }, (_, i) => x[i % x.length] as number);
    const all: Inputs = {
      q: repeated(inputs.q),
      k: repeated(inputs.k),
      v: repeated(inputs.v),
      dOut: repeated(inputs.dOut),
    };
    for (const bf16 of [false, true]) {
      const { out } = forward(alone, inputs, bf16);
      expect(sameBitsByName({ out: forward(many, all, bf16).out }, { out: repeated(out) })).toBe(
        true,
      );
      const [one, batch] = [backward(alone, inputs, bf16), backward(many, all, bf16)];
      for (const name of ["dq", "dk", "dv"] as const)
        expect(sameBitsByName({ x: batch[name] }, { x: repeated(one[name]) })).toBe(true);
    }
  });

  it("gives a padded row the bits of the row alone, whatever stands in the padding", () => {
    const short = full(1, 1, 21, 8);
    const inputs = inputsOf(short);
    const padded = (x: Float32Array): Float32Array => {
      const all = new Float32Array(40 * 8).fill(Number.NaN);
      all.set(x);
      return all;
    };
    const [q, k, v] = [padded(inputs.q), padded(inputs.k), padded(inputs.v)];
    const { out } = forward({ ...full(1, 1, 40, 8), lengths: [21] }, { ...inputs, q, k, v }, false);
    expect(out.subarray(0, 21 * 8)).toEqual(forward(short, inputs, false).out);
  });

  it("stands scores beyond exp's range, and gives NaN where a score is NaN, in that row alone", () => {
    const one = full(1, 1, 20, 4);
    const inputs = inputsOf(one);
    const large: Inputs = { ...inputs, q: inputs.q.map((x) => 200 * x) };
    const expected = naiveAttention(large.q, large.k, large.v, naiveShape(one));
    expect(maxDifference(forward(one, large, false).out, expected)).toBeLessThan(1e-4);
    const q = Float32Array.from(inputs.q);
    q[3 * 4] = Number.NaN;
    const { out } = forward(one, { ...inputs, q }, false);
    const rows = Array.from({ length: 20 }, (_, i) =>
      out.subarray(4 * i, 4 * i + 4).every(Number.isNaN),
    );
    expect(rows.map((isWhole, i) => (isWhole ? i : -1)).filter((i) => i >= 0)).toEqual([3]);
    expect(out.filter(Number.isNaN).length).toBe(4);
  });
});

describe("attention's arguments", () => {
  const call = (change: Partial<Case>): (() => void) => {
    const one = { ...full(1, 1, 4, 2), ...change };
    return () => forward(one, inputsOf(one), false);
  };
  it.each<[Partial<Case>, string]>([
    [{ lengths: [5] }, "native attention: expected lengths[0] to be 1 to 4, got 5"],
    [{ lengths: [0] }, "native attention: expected lengths[0] to be 1 to 4, got 0"],
    [{ keys: 0 }, "native attention: expected 1 key or more for 4 queries, got 0"],
    [{ block: 0 }, "native attention: expected block to be 1 or more, got 0"],
    [
      { pattern: "doubled-blocks", keys: 6 },
      "native attention: expected two copies, as many queries as keys and offset 0 for doubled-blocks, got 4 queries, 6 keys and offset 0",
    ],
    [
      { pattern: "sideways" as NativeAttentionPattern },
      "native attention: expected pattern to be full, causal, blocks or doubled-blocks, got sideways",
    ],
  ])("%j is refused", (change, message) => {
    expect(call(change)).toThrow(expect.objectContaining({ name: "TypeError", message }));
  });
});
