/** What holds for every sampler, whatever it does. */

import { describe, expect, it } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import type { RowConstraint } from "../../src/sampling/constraint.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { exactDenoise, SOURCE } from "../support/markov-source.ts";
import {
  type BoundSampler,
  boundSamplers,
  maskedBatch,
  samplerRandom,
  VARIANTS,
} from "../support/sampling/bound-samplers.ts";

const denoise = exactDenoise(SOURCE);
const M = MASK_ID;
const LENGTH = 12;

const sampler = (name: string, calls: number): BoundSampler =>
  boundSamplers(calls)[name] as BoundSampler;

/** No base twice in a row, on whichever side a neighbour stands; `told` counts what stands now. */
function unequalNeighbours(kept: Uint8Array): RowConstraint & { readonly row: number[] } {
  const row = [...kept];
  return {
    row,
    allowed(position) {
      if (row[position] !== M) throw new Error(`asked for ${position}, where a base stands`);
      const near = [row[position - 1], row[position + 1]];
      let set = 0b1111;
      for (const base of near) if (base !== undefined && base !== M) set &= ~(1 << base);
      return set;
    },
    reveal(position, base) {
      if (((this.allowed(position) >> base) & 1) === 0) throw new Error("a base not allowed");
      row[position] = base;
    },
    conceal(position) {
      if (row[position] === M || kept[position] !== M) throw new Error("concealed for nothing");
      row[position] = M;
    },
  };
}

describe.each(VARIANTS)("%s", (name) => {
  it("gives a sample the same bases whatever batch it is in", async () => {
    const make = (batch: number, first: number): Promise<Uint8Array> =>
      sampler(name, 5)(denoise, maskedBatch(batch, LENGTH, first), samplerRandom(1));
    const all = [...(await make(6, 0))];
    for (const size of [1, 2, 5]) {
      const parts: number[] = [];
      for (let first = 0; first < 6; first += size)
        parts.push(...(await make(Math.min(size, 6 - first), first)));
      expect(parts).toEqual(all);
    }
    const rows = [0, 1, 2, 3, 4, 5].map((row) => all.slice(12 * row, 12 * row + 12).join());
    expect(new Set(rows).size).toBeGreaterThan(2); // low-confidence repeats itself
  });

  it("looks at no logits but those that it says are wanted", async () => {
    const sparing: Denoise = async (ids, shape) => {
      const logits = await denoise(ids, shape);
      const { wanted, length } = shape;
      if (wanted === undefined) return logits;
      return logits.map((logit, i) => {
        const [row, position] = [Math.floor(i / 4 / length), Math.floor(i / 4) % length];
        return wanted[row]?.includes(position) ? logit : Number.NaN;
      });
    };
    const make = (by: Denoise): Promise<Uint8Array> =>
      sampler(name, 5)(by, maskedBatch(6, LENGTH), samplerRandom(1));
    expect(await make(sparing)).toEqual(await make(denoise));
  });

  it("keeps what is not masked, N too, fills the rest, and leaves its input alone", async () => {
    const ids = Uint8Array.of(0, M, 2, M, M, 4, 3, M, M, 1, 1, M);
    const before = ids.slice();
    const batch = { batch: 1, length: 12, ids, samples: [0] };
    const uniform: Denoise = async (rows) => new Float32Array(4 * rows.length);
    const out = await sampler(name, 40)(uniform, batch, samplerRandom(5));
    expect(ids).toEqual(before);
    for (const [i, id] of ids.entries()) {
      if (id === M) expect(out[i]).toBeLessThan(4);
      else expect(out[i]).toBe(id);
    }
  });

  it("asks and tells the constraint of each row, and violates none", async () => {
    const batch = maskedBatch(9, LENGTH);
    for (let row = 0; row < 9; row++) batch.ids[row * LENGTH + 5] = row % 4;
    const constraints = batch.samples.map((_, row) =>
      unequalNeighbours(batch.ids.slice(row * LENGTH, (row + 1) * LENGTH)),
    );
    const out = await sampler(name, 30)(denoise, { ...batch, constraints }, samplerRandom(2));
    for (const [row, constraint] of constraints.entries()) {
      const made = [...out.subarray(row * LENGTH, (row + 1) * LENGTH)];
      expect(constraint.row).toEqual(made);
      for (let i = 1; i < LENGTH; i++) expect(made[i], `${made} at ${i}`).not.toBe(made[i - 1]);
    }
  });

  it("gives the denoiser each row's own label", async () => {
    const labelled: Denoise = async (ids, { batch, length, labels }) => {
      const logits = new Float64Array(4 * ids.length).fill(-Infinity);
      for (let row = 0; row < batch; row++)
        for (let i = 0; i < length; i++)
          logits[4 * (row * length + i) + (labels?.[row] as number)] = 0;
      return logits;
    };
    const labels = [3, 0, 2, 1];
    const batch = { ...maskedBatch(4, LENGTH), labels };
    const out = await sampler(name, 7)(labelled, batch, samplerRandom(2));
    expect([...out]).toEqual(labels.flatMap((label) => Array(LENGTH).fill(label)));
  });

  it("computes no row more often than it has calls, nor one that has not changed", async () => {
    for (const calls of [4, 7, 50]) {
      const seen = new Map<string, number>();
      let count = 0;
      const counting: Denoise = (ids, shape) => {
        count++;
        for (let row = 0; row < shape.batch; row++) {
          const key = ids.slice(row * shape.length, (row + 1) * shape.length).join();
          seen.set(key, (seen.get(key) ?? 0) + 1);
        }
        return denoise(ids, shape);
      };
      await sampler(name, calls)(counting, maskedBatch(1, LENGTH), samplerRandom(2));
      expect(count).toBeLessThanOrEqual(name === "first-hitting" ? LENGTH : calls);
      // A base that is masked again can bring a row back to what it was, and windows can be alike.
      if (!/remdm|strided/.test(name)) expect(Math.max(...seen.values())).toBe(1);
    }
  });
});
