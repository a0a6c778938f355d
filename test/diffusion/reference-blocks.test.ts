/** Block diffusion's rates and losses against the numbers of bd3lms's code. */

import { describe, expect, it } from "vitest";
import { blockDiffusion } from "../../src/diffusion/block-diffusion.ts";
import { blockRate } from "../../src/diffusion/block-rates.ts";
import { maskedNats } from "../../src/diffusion/subs.ts";
import type { AddressedRandom } from "../../src/random/addressed.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import {
  baseColumns,
  expectNear,
  type GoldenInputs,
  goldenIds,
  type Positions,
  readGolden,
} from "../support/golden.ts";

const { inputs, losses, times } = readGolden<{
  inputs: GoldenInputs;
  losses: readonly {
    readonly interval: readonly [number, number];
    readonly block: number;
    readonly t: Positions;
    readonly loss: Positions;
  }[];
  times: readonly {
    readonly u: Positions;
    readonly antithetic: boolean;
    readonly interval: readonly [number, number];
    readonly t: Positions;
  }[];
}>("bd3lms");

const LENGTH = 6;

/** The stream of times of one window when each of its blocks draws the uniform of its number. */
function drawing(uniforms: readonly number[]): AddressedRandom {
  const blocks = uniforms.length;
  return {
    uniform: (_, purpose = 0, block = 0) =>
      purpose === 1 ? 0 : (uniforms[block] as number) * blocks - block,
    integer: () => 0,
  };
}

describe("a block's rate", () => {
  const independent = times.filter(({ antithetic }) => !antithetic);

  it.each(independent)("between $interval is bd3lms's time", ({ u, interval, t }) => {
    const rates = { from: interval[0], to: interval[1] };
    for (const [row, uniforms] of u.entries()) {
      const own = uniforms.map((_, block) =>
        blockRate(
          drawing(uniforms),
          { index: 0, globalBatch: 1, block, blocks: uniforms.length },
          rates,
        ),
      );
      expectNear(
        own,
        (t[row] ?? []).filter((_, position) => position % 2 === 0),
        1e-12,
      );
    }
  });

  it("is there for the bound and for two clipped intervals", () => {
    expect(independent.map(({ interval }) => interval)).toEqual(
      expect.arrayContaining([
        [1e-3, 1],
        [0.3, 0.8],
        [0.5, 1],
      ]),
    );
  });
});

describe("the loss", () => {
  const bounds = losses.filter(({ interval: [from] }) => from === 1e-3);
  const clipped = losses.filter(({ interval: [from] }) => from > 1e-3 && from <= 0.5);
  /** From more than a half on, their weight is 1 instead of 1 / t. */
  const unweighted = losses.filter(({ interval: [from] }) => from > 0.5 && from < 1);
  const autoregressive = losses.filter(({ interval: [from] }) => from === 1);
  const outputs = baseColumns(inputs.outputs);

  /** Weights times cross-entropies of the positions that bd3lms masked, each block at its time. */
  function ownLoss(block: number, from: number, to: number, t: Positions): number[] {
    return t.flatMap((rowTimes, row) => {
      const least = Math.max(1e-3, from);
      const uniforms = Array.from({ length: LENGTH / block }, (_, i) =>
        to === least ? 0 : ((rowTimes[i * block] as number) - least) / (to - least),
      );
      const xt = inputs.xt[row] ?? [];
      const mask = {
        uniform: (_: number, __ = 0, position = 0) => (xt[position] === 4 ? 0 : 1),
        integer: () => 0,
      };
      const x0 = goldenIds([inputs.x0[row] ?? []]);
      const objective = blockDiffusion({ blockLength: block, rates: { from, to } });
      const made = objective.corrupt(x0, 0, 1, { time: drawing(uniforms), mask });
      expect([...made.xt]).toEqual([...goldenIds([xt])]);
      return Array.from(made.xt, (id, i) =>
        id === MASK_ID
          ? (made.weight[i] as number) * maskedNats(outputs, row * LENGTH + i, x0[i] as number)
          : 0,
      );
    });
  }

  it.each(bounds)("of blocks of $block is ours", ({ block, t, loss }) => {
    expectNear(ownLoss(block, 0, 1, t), loss.flat(), 1e-7); // the weights are in single precision
  });

  /** Numbers of the positions whose time lies in the interval: the reference was given others too. */
  const within = (
    { interval: [from, to], t }: (typeof losses)[number],
    values: readonly number[],
  ) =>
    values.filter((_, at) => {
      const time = t.flat()[at] as number;
      return from <= time && time < to;
    });

  it.each(clipped)("of blocks of $block at rates between $interval is ours", (reference) => {
    const { interval, block, t, loss } = reference;
    const theirs = within(reference, loss.flat());
    expect(theirs.filter((nats) => nats > 0).length).toBeGreaterThan(2);
    expectNear(within(reference, ownLoss(block, ...interval, t)), theirs, 1e-7);
  });

  it.each(unweighted)("between $interval is ours by the rate", (reference) => {
    const { interval, block, t, loss } = reference;
    const weighted = loss.flat().map((nats, at) => nats / (t.flat()[at] as number));
    const theirs = within(reference, weighted);
    expect(theirs.filter((nats) => nats > 0).length).toBeGreaterThan(2);
    expectNear(within(reference, ownLoss(block, ...interval, t)), theirs, 1e-7);
  });

  it.each(autoregressive)(
    "of blocks of one base, all masked, is the cross-entropy",
    (reference) => {
      expectNear(ownLoss(1, 1, 1, reference.t), reference.loss.flat(), 1e-12);
    },
  );

  it("is there for four lengths of blocks and three clipped intervals", () => {
    expect(bounds.map(({ block }) => block)).toEqual([1, 2, 3, 6]);
    expect([clipped.length, unweighted.length, autoregressive.length]).toEqual([2, 1, 1]);
  });
});
