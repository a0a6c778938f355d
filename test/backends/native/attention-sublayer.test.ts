/** The fused attention sublayer against float64 loops and their central differences. */

import { describe, expect, it } from "vitest";
import type { AttentionSublayerSizes } from "../../../src/backends/native/bindings/attention-sublayer.ts";
import { type NaiveSublayer, naiveAttentionSublayer } from "../../naive/attention-sublayer.ts";
import { centralDifferences } from "../../naive/central-differences.ts";
import { maxDifference } from "../../support/backend.ts";
import {
  binding,
  describeEachInstructionSet,
  dot,
  sameBitsByName,
  withEachThreadCount,
} from "./support.ts";

interface Case {
  readonly batch: number;
  readonly heads: number;
  readonly length: number;
  readonly headWidth: number;
  readonly lengths?: readonly number[];
}

const NAMES = ["x", "gain", "qkv", "out"] as const;
type Arrays = Record<(typeof NAMES)[number], Float32Array>;

/** Heads that fill no vector, rows over those of a task, more heads than one chunk of columns. */
const CASES: readonly Case[] = [
  { batch: 1, heads: 1, length: 1, headWidth: 2 },
  { batch: 2, heads: 2, length: 5, headWidth: 4 },
  { batch: 3, heads: 3, length: 17, headWidth: 6, lengths: [1, 17, 9] },
  { batch: 1, heads: 5, length: 99, headWidth: 10 },
  { batch: 2, heads: 3, length: 65, headWidth: 32, lengths: [64, 3] },
  { batch: 1, heads: 3, length: 30, headWidth: 64 },
  { batch: 1, heads: 2, length: 300, headWidth: 4, lengths: [283] }, // few heads of many keys: cut by keys
  { batch: 0, heads: 2, length: 5, headWidth: 4 },
  { batch: 3, heads: 2, length: 0, headWidth: 4 },
];

/** Uniform in [shift − scale, shift + scale), without the order that sines of an index have. */
const values = (count: number, salt: number, scale = 1, shift = 0): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => {
    const mixed = Math.imul(Math.imul(i + 1, 0x9e3779b1) ^ (salt * 0x85ebca6b), 0xc2b2ae35);
    return scale * ((mixed >>> 8) / 2 ** 23 - 1) + shift;
  });

function arraysOf({ batch, heads, length, headWidth }: Case): Arrays {
  const width = heads * headWidth;
  return {
    x: values(batch * length * width, 1, 2),
    gain: values(width, 2, 0.5, 1),
    qkv: values(3 * width * width, 3, 1.5 / Math.sqrt(width)),
    out: values(width * width, 4, 1 / Math.sqrt(width)),
  };
}

function sizesOf(
  { batch, heads, length, headWidth, lengths }: Case,
  bf16: boolean,
): AttentionSublayerSizes {
  return [
    batch,
    heads,
    length,
    headWidth,
    "full",
    1,
    0,
    lengths && Int32Array.from(lengths),
    1e-5,
    bf16,
  ];
}

/** cos and sin, [length, headWidth]. */
function anglesOf({ length, headWidth }: Case): [Float32Array, Float32Array] {
  const half = headWidth / 2;
  const angles = Float64Array.from({ length: length * headWidth }, (_, i) => {
    const position = Math.floor(i / headWidth);
    return position / 10_000 ** ((i % half) / half);
  });
  return [Float32Array.from(angles, Math.cos), Float32Array.from(angles, Math.sin)];
}

const poisoned = (count: number): Float32Array => new Float32Array(count).fill(Number.NaN);

function forward(
  one: Case,
  { gain, qkv, out, x }: Arrays,
  bf16: boolean,
): { y: Float32Array; kept: Int32Array } {
  const sizes = sizesOf(one, bf16);
  const y = poisoned(x.length);
  const kept = new Int32Array(binding.attentionSublayerKeptBytes(...sizes) / 4).fill(-1);
  binding.attentionSublayerForward(...sizes, gain, qkv, out, ...anglesOf(one), x, y, kept);
  return { y, kept };
}

const dyOf = ({ x }: Arrays): Float32Array => x.map((_, i) => Math.cos(3.7 * i));

function backward(one: Case, arrays: Arrays, bf16: boolean): Arrays {
  const { gain, qkv, out, x } = arrays;
  const { kept } = forward(one, arrays, bf16);
  const grads = Object.fromEntries(
    NAMES.map((name) => [name, poisoned(arrays[name].length)]),
  ) as Arrays;
  const outputs = [grads.x, grads.gain, grads.qkv, grads.out] as const;
  const sizes = sizesOf(one, bf16);
  binding.attentionSublayerBackward(
    ...sizes,
    gain,
    qkv,
    out,
    ...anglesOf(one),
    x,
    kept,
    dyOf(arrays),
    ...outputs,
  );
  return grads;
}

describeEachInstructionSet("attention sublayer", () => {
  for (const one of CASES) {
    const arrays = arraysOf(one);
    it(`forward of ${JSON.stringify(one)}`, () => {
      const expected = naiveAttentionSublayer(arrays, one);
      expect(maxDifference(forward(one, arrays, false).y, expected)).toBeLessThan(2e-5);
      expect(maxDifference(forward(one, arrays, true).y, expected)).toBeLessThan(0.1);
      for (const bf16 of [false, true]) {
        const [first, ...others] = withEachThreadCount(() => ({ y: forward(one, arrays, bf16).y }));
        for (const other of others) expect(sameBitsByName(other, first ?? {})).toBe(true);
      }
    });
    it(`backward of ${JSON.stringify(one)} is written completely and does not depend on the threads`, () => {
      for (const bf16 of [false, true]) {
        const all = withEachThreadCount(() => backward(one, arrays, bf16));
        for (const grads of all) expect(sameBitsByName(grads, all[0] ?? {})).toBe(true);
        for (const name of NAMES) expect(all[0]?.[name].every(Number.isFinite), name).toBe(true);
      }
    });
  }

  for (const one of [
    { batch: 2, heads: 2, length: 3, headWidth: 2, lengths: [2, 3] },
    { batch: 1, heads: 1, length: 4, headWidth: 6 },
  ]) {
    it(`gradients of ${JSON.stringify(one)} are the loops' central differences`, () => {
      const arrays = arraysOf(one);
      const dy = dyOf(arrays);
      const grads = backward(one, arrays, false);
      const rounded = backward(one, arrays, true);
      const sum = (changed: NaiveSublayer): number =>
        naiveAttentionSublayer(changed, one).reduce((s, y, i) => s + y * (dy[i] as number), 0);
      for (const name of NAMES) {
        const expected = centralDifferences((x) => sum({ ...arrays, [name]: x }), arrays[name]);
        expect(maxDifference(grads[name], expected), name).toBeLessThan(3e-5);
        expect(maxDifference(rounded[name], expected), name).toBeLessThan(0.2);
      }
    });
  }

  it("gradients of few heads of many keys are the loops' slopes along a direction", () => {
    const one = { batch: 1, heads: 2, length: 300, headWidth: 4, lengths: [283] };
    const arrays = arraysOf(one);
    const dy = dyOf(arrays);
    const grads = backward(one, arrays, false);
    const rounded = backward(one, arrays, true);
    for (const [salt, name] of NAMES.entries()) {
      const direction = values(arrays[name].length, 90 + salt);
      const at = (step: number): number => {
        const moved = Float64Array.from(
          arrays[name],
          (x, i) => x + step * (direction[i] as number),
        );
        const y = naiveAttentionSublayer({ ...arrays, [name]: moved }, one);
        return y.reduce((sum, value, i) => sum + value * (dy[i] as number), 0);
      };
      const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
      const size = Math.sqrt(dot(direction, direction));
      expect(Math.abs(dot(grads[name], direction) - slope) / size, name).toBeLessThan(1e-4);
      expect(Math.abs(dot(rounded[name], direction) - slope) / size, name).toBeLessThan(0.2);
    }
  });

  it("a forward pass that keeps nothing gives the same bits, over several parts too", () => {
    for (const one of [
      CASES[2] as Case,
      { batch: 3, heads: 1, length: 4097, headWidth: 2, lengths: [7, 1, 9] },
    ]) {
      const { gain, qkv, out, x } = arraysOf(one);
      const y = poisoned(x.length);
      const sizes = sizesOf(one, true);
      binding.attentionSublayerForward(...sizes, gain, qkv, out, ...anglesOf(one), x, y, undefined);
      const kept = forward(one, { gain, qkv, out, x }, true);
      expect(sameBitsByName({ y }, { y: kept.y })).toBe(true);
    }
  });

  it("a sequence does not depend on those beside it", () => {
    const many = { batch: 19, heads: 2, length: 23, headWidth: 6 };
    const arrays = arraysOf(many);
    const size = 23 * 12;
    for (const bf16 of [false, true]) {
      const { y } = forward(many, arrays, bf16);
      for (const row of [0, 7, 18]) {
        const x = arrays.x.slice(row * size, (row + 1) * size);
        const one = { ...many, batch: 1 };
        const alone = forward(one, { ...arrays, x }, bf16).y;
        expect(sameBitsByName({ y: alone }, { y: y.slice(row * size, (row + 1) * size) })).toBe(
          true,
        );
      }
    }
  });
});

describe("the attention sublayer's arguments", () => {
  it("an odd head width is refused", () => {
    const one = { batch: 1, heads: 1, length: 2, headWidth: 3 };
    expect(() => forward(one, arraysOf(one), false)).toThrow(
      expect.objectContaining({
        name: "TypeError",
        message: "native attention sublayer: expected headWidth to be even and 2 or more, got 3",
      }),
    );
  });
});
