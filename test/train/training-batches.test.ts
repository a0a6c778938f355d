import { describe, expect, it } from "vitest";
import { mdlm } from "../../src/diffusion/mdlm.ts";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import type { Objective } from "../../src/diffusion/objective.ts";
import { isBase, MASK_ID, N_ID } from "../../src/tokens/alphabet.ts";
import type { Cluster } from "../../src/train/cluster.ts";
import { singleProcess } from "../../src/train/cluster.ts";
import type { MicroBatch } from "../../src/train/micro-batch.ts";
import {
  microBatchMaker,
  type StepBatches,
  stepBatches,
} from "../../src/train/training-batches.ts";
import { randomIds } from "../support/random-ids.ts";

const LENGTH = 40;
const objective = mdlm(noiseSchedule("loglinear"));
const source = async (index: number): Promise<Uint8Array> => randomIds(LENGTH, index + 1, 0.1);

function make(
  step: number,
  batchSize: number,
  accumulate: number,
  cluster: Cluster = singleProcess(),
  seed = 7,
): Promise<StepBatches> {
  const shape = { batchSize, accumulate, length: LENGTH };
  return stepBatches(step, shape, source, objective, seed, cluster);
}

const rankOf = (rank: number, size: number): Cluster => ({ ...singleProcess(), rank, size });

/** All rows of some micro-batches, as one. */
function joined(batches: readonly MicroBatch[]): Record<"x0" | "xt" | "weight", number[]> {
  return {
    x0: batches.flatMap(({ x0 }) => [...x0]),
    xt: batches.flatMap(({ xt }) => [...xt]),
    weight: batches.flatMap(({ weight }) => [...weight]),
  };
}

describe("stepBatches", () => {
  it("makes the same examples however a step is cut into micro-batches", async () => {
    const whole = await make(3, 8, 1);
    for (const [batchSize, accumulate] of [
      [4, 2],
      [2, 4],
      [1, 8],
    ] as const) {
      const cut = await make(3, batchSize, accumulate);
      expect(cut.microBatches).toHaveLength(accumulate);
      expect(joined(cut.microBatches)).toEqual(joined(whole.microBatches));
      expect([cut.firstIndex, cut.bases]).toEqual([24, whole.bases]);
    }
  });

  it("splits a step over processes: together they have the one process's examples, in order", async () => {
    const alone = await make(5, 3, 4);
    for (const [batchSize, accumulate, size] of [
      [3, 2, 2],
      [1, 4, 3],
      [2, 1, 6],
    ] as const) {
      const parts = await Promise.all(
        Array.from({ length: size }, (_, rank) =>
          make(5, batchSize, accumulate, rankOf(rank, size)),
        ),
      );
      expect(joined(parts.flatMap(({ microBatches }) => microBatches))).toEqual(
        joined(alone.microBatches),
      );
      expect(parts.reduce((sum, { bases }) => sum + bases, 0)).toBe(alone.bases);
      expect(parts.map(({ firstIndex }) => firstIndex)).toEqual(
        parts.map((_, rank) => 60 + rank * batchSize * accumulate),
      );
    }
  });

  it("shows each window of a run once, in the order of the steps", async () => {
    const seen: number[] = [];
    const watching = async (index: number): Promise<Uint8Array> => {
      seen.push(index);
      return source(index);
    };
    const shape = { batchSize: 2, accumulate: 3, length: LENGTH };
    for (let step = 0; step < 4; step++)
      await stepBatches(step, shape, watching, objective, 7, singleProcess());
    expect(seen).toEqual(Array.from({ length: 24 }, (_, i) => i));
  });

  it("masks bases only, weighs masked ones only, and counts A, C, G, T", async () => {
    const { microBatches, bases } = await make(0, 8, 2);
    let counted = 0;
    for (const micro of microBatches) {
      const { x0, xt, weight } = micro;
      counted += micro.bases;
      expect(micro.bases).toBe(x0.filter(isBase).length);
      for (let i = 0; i < x0.length; i++) {
        if (xt[i] === MASK_ID) expect(x0[i]).toBeLessThan(N_ID);
        else expect(xt[i]).toBe(x0[i]);
        expect((weight[i] as number) > 0).toBe(xt[i] === MASK_ID);
      }
    }
    expect(bases).toBe(counted);
  });

  it("stratifies time over the step: with 64 examples each 64th of mask shares is met once", async () => {
    const shape = { batchSize: 64, accumulate: 1, length: LENGTH };
    const all = async (): Promise<Uint8Array> => new Uint8Array(LENGTH);
    const { microBatches } = await stepBatches(2, shape, all, objective, 7, singleProcess());
    const weight = microBatches[0]?.weight as Float32Array;
    // Under the log-linear schedule the weight is 1/t: it tells each example's time where one position is masked.
    let told = 0;
    for (let row = 0; row < 64; row++) {
      const atMask = weight.subarray(row * LENGTH, (row + 1) * LENGTH).find((value) => value > 0);
      if (atMask === undefined) continue;
      const u = (1 / atMask - 1e-3) / (1 - 1e-3);
      expect(Math.floor(64 * u)).toBe(row);
      told++;
    }
    expect(told).toBeGreaterThan(55);
  });

  it("draws other noise under another seed and in another step", async () => {
    const [first] = (await make(0, 4, 1)).microBatches;
    const [seed] = (await make(0, 4, 1, singleProcess(), 8)).microBatches;
    expect(seed?.x0).toEqual(first?.x0);
    expect(seed?.xt).not.toEqual(first?.xt);
    const same = async (): Promise<Uint8Array> => source(0);
    const shape = { batchSize: 4, accumulate: 1, length: LENGTH };
    const steps = await Promise.all(
      [0, 1].map((step) => stepBatches(step, shape, same, objective, 7, singleProcess())),
    );
    expect(steps[1]?.microBatches[0]?.xt).not.toEqual(steps[0]?.microBatches[0]?.xt);
  });
});

describe("a network that is told classes", () => {
  const shape = { batchSize: 4, accumulate: 1, length: LENGTH };
  const told = { labelOf: (index: number) => index % 3, dropout: 0.3, none: 3 };
  const maker = (batchSize: number, dropout = told.dropout) =>
    microBatchMaker({ ...shape, batchSize }, source, objective, 7, singleProcess(), {
      ...told,
      dropout,
    });

  it("is told each example's own, or none as often as asked, whatever the batch", async () => {
    const make = maker(100);
    const labels = (
      await Promise.all(Array.from({ length: 20 }, (_, number) => make(number)))
    ).flatMap((batch) => batch.labels as number[]);
    const dropped = labels.filter((label) => label === told.none).length;
    expect(Math.abs(dropped - 600)).toBeLessThan(4 * Math.sqrt(2000 * 0.3 * 0.7));
    expect(labels.every((label, i) => label === told.none || label === i % 3)).toBe(true);
    const one = maker(1);
    for (const i of [0, 17, 250]) expect((await one(i)).labels).toEqual([labels[i]]);
    expect((await maker(5, 0)(0)).labels).toEqual([0, 1, 2, 0, 1]);
  });

  it("sees the same noisy windows as one that is not", async () => {
    const { labels: _, ...batch } = await maker(4)(2);
    expect([batch]).toEqual((await make(2, 4, 1)).microBatches);
  });
});

describe("windows of random lengths", () => {
  const share = 0.3;
  const seen: Uint8Array[] = [];
  /** MDLM that keeps what it was given. */
  const watching: Objective = {
    ...objective,
    corrupt(x0, ...rest) {
      seen.push(x0.slice());
      return objective.corrupt(x0, ...rest);
    },
  };
  const maker = (batchSize: number, randomLengthShare: number, of = objective) =>
    microBatchMaker(
      { batchSize, accumulate: 1, length: LENGTH, randomLengthShare },
      source,
      of,
      7,
      singleProcess(),
    );

  it("cuts as many as asked, to every length equally often", async () => {
    const { lengths = [] } = await maker(20_000, share)(0);
    const counts = new Array<number>(LENGTH + 1).fill(0);
    for (const one of lengths) counts[one] = (counts[one] as number) + 1;
    expect(counts[0]).toBe(0);
    const expected = (20_000 * share) / LENGTH;
    for (const count of counts.slice(1, -1))
      expect(Math.abs(count - expected)).toBeLessThan(4.5 * Math.sqrt(expected));
    const whole = 20_000 * (1 - share) + expected;
    expect(Math.abs((counts[LENGTH] as number) - whole)).toBeLessThan(4 * Math.sqrt(whole * share));
  });

  it("the objective sees what is kept, as a window of that length; the rest is N without weight and is not counted", async () => {
    seen.length = 0;
    const batch = await maker(64, share, watching)(2);
    let bases = 0;
    for (const [row, kept] of (batch.lengths as readonly number[]).entries()) {
      const whole = await source(128 + row);
      const part = <T extends Uint8Array | Float32Array>(of: T): T =>
        of.subarray(row * LENGTH, (row + 1) * LENGTH) as T;
      expect(seen[row]).toEqual(whole.subarray(0, kept));
      expect(part(batch.x0).subarray(0, kept)).toEqual(whole.subarray(0, kept));
      for (const ids of [batch.x0, batch.xt])
        expect(
          part(ids)
            .subarray(kept)
            .every((id) => id === N_ID),
        ).toBe(true);
      expect(
        part(batch.weight)
          .subarray(kept)
          .every((weight) => weight === 0),
      ).toBe(true);
      bases += whole.subarray(0, kept).filter(isBase).length;
    }
    expect(batch.bases).toBe(bases);
    expect(batch.bases).toBeLessThan((await maker(64, 0)(2)).bases);
  });

  it("are those of the example, whatever the batch; a window that is not cut is as without", async () => {
    const [at, plain] = [await maker(12, share)(0), await maker(12, 0)(0)];
    const lengths = at.lengths as readonly number[];
    expect(lengths.some((one) => one < LENGTH)).toBe(true);
    const pairs = await Promise.all([0, 1, 2, 3, 4, 5].map((number) => maker(2, share)(number)));
    expect(pairs.flatMap((pair) => pair.lengths)).toEqual(lengths);
    expect(plain).not.toHaveProperty("lengths");
    // Strata of time are over the step: rows of the same step are compared.
    for (const [row, kept] of lengths.entries()) {
      if (kept < LENGTH) continue;
      const range = [row * LENGTH, (row + 1) * LENGTH] as const;
      expect(at.xt.subarray(...range)).toEqual(plain.xt.subarray(...range));
      expect(at.weight.subarray(...range)).toEqual(plain.weight.subarray(...range));
    }
  });
});
