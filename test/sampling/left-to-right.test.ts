/** The autoregressive sampler: its law, its prompts, and that it hears nothing from the right. */

import { describe, expect, test } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { SamplingError } from "../../src/errors.ts";
import { leftToRightSampler } from "../../src/sampling/left-to-right.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { allSequences, SOURCE, sourceNats } from "../support/markov-source.ts";
import { maskedBatch, samplerRandom } from "../support/sampling/bound-samplers.ts";

const PLAIN = { temperature: 1, topP: 1 };
const M = MASK_ID;

/** A perfect network; where it is shown MASK behind the beginning it would be looking ahead. */
const nextBase: Denoise = async (ids, { length }) => {
  const logits = new Float64Array(4 * ids.length);
  for (const [i, id] of ids.entries()) {
    const row = i % length === 0 ? SOURCE.initial : SOURCE.transition[id];
    for (let base = 0; base < 4; base++)
      logits[4 * i + base] = row === undefined ? Number.NaN : Math.log(row[base] as number);
  }
  return logits;
};

test("samples the source exactly, by chi-square over all sequences of 3 bases", async () => {
  const count = 20_000;
  const made = await leftToRightSampler(nextBase, maskedBatch(count, 3), PLAIN, samplerRandom(1));
  const counts = new Map<string, number>();
  for (let row = 0; row < count; row++) {
    const key = made.subarray(3 * row, 3 * row + 3).join("");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let chiSquare = 0;
  for (const sequence of allSequences(3)) {
    const expected = count * Math.exp(-sourceNats(SOURCE, sequence));
    chiSquare += ((counts.get(sequence.join("")) ?? 0) - expected) ** 2 / expected;
  }
  expect(chiSquare).toBeLessThan(103.4); // 99.9 % of chi-square with 63 degrees of freedom
});

describe("a prompt", () => {
  const batch = (row: readonly number[]) => ({
    ...{ batch: 1, length: row.length, samples: [0] },
    ids: Uint8Array.from(row),
  });
  const fill = (row: readonly number[]): Promise<Uint8Array> =>
    leftToRightSampler(nextBase, batch(row), PLAIN, samplerRandom(2));

  test("is kept, and what follows it depends on its end", async () => {
    const rows = Array.from({ length: 4000 }, (_, i) => i);
    const ids = new Uint8Array(3 * rows.length).map((_, i) => (i % 3 === 2 ? M : 2));
    const prompts = { batch: rows.length, length: 3, samples: rows, ids };
    const made = await leftToRightSampler(nextBase, prompts, PLAIN, samplerRandom(3));
    const shares = [0, 0, 0, 0];
    for (const row of rows) {
      expect([...made.subarray(3 * row, 3 * row + 2)]).toEqual([2, 2]);
      shares[made[3 * row + 2] as number] = (shares[made[3 * row + 2] as number] as number) + 1;
    }
    for (const [base, count] of shares.entries()) {
      const p = SOURCE.transition[2]?.[base] as number;
      expect(Math.abs(count / 4000 - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 4000));
    }
  });

  test("without a free base is given back", async () => {
    expect([...(await fill([0, 1, 2]))]).toEqual([0, 1, 2]);
  });

  test("with a base behind a gap is refused, with both positions", async () => {
    await expect(fill([0, M, M, 3])).rejects.toThrow(
      new SamplingError(
        "expected nothing kept behind a free base, as an autoregressive run reads from left to right, got base 4 kept behind " +
          "the free base 2 (a run of --objective mdlm fills in anywhere)",
      ),
    );
  });
});

test("a sample does not depend on its batch", async () => {
  const made = await leftToRightSampler(nextBase, maskedBatch(6, 20), PLAIN, samplerRandom(5));
  const alone = await leftToRightSampler(nextBase, maskedBatch(1, 20, 4), PLAIN, samplerRandom(5));
  expect(alone).toEqual(made.subarray(80, 100));
});
