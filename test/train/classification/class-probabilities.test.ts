import { beforeAll, describe, expect, it } from "vitest";
import { tf } from "../../../src/tensor/tf.ts";
import { reverseComplementIds } from "../../../src/tokens/complement.ts";
import { classProbabilities } from "../../../src/train/classification/class-probabilities.ts";
import { orientedIds, type SequenceRows } from "../../../src/train/classification/sequence-rows.ts";
import { useBackend } from "../../support/backend.ts";
import { randomIds } from "../../support/random-ids.ts";

const SEQUENCES = [5, 9, 2, 7, 1].map((length, i) => randomIds(length, i + 1));
const BATCHES = [[4, 2], [0, 3], [1]];

/** Logits [batch, 2] of the rows, each sequence's own. */
function countingLogits(sequences: readonly Uint8Array[]): (rows: SequenceRows) => tf.Tensor2D {
  return (rows) => tf.tensor2d(orientedIds(sequences, rows).map((ids) => [...logitsOf(ids)]));
}

/** A's and C's share of a sequence, times 3: a strand's own. */
function logitsOf(ids: Uint8Array): readonly [number, number] {
  const share = (id: number): number => (3 * ids.filter((one) => one === id).length) / ids.length;
  return [share(0), share(1)];
}

function softmaxOf([a, c]: readonly [number, number]): readonly [number, number] {
  const total = Math.exp(a) + Math.exp(c);
  return [Math.exp(a) / total, Math.exp(c) / total];
}

const options = {
  ...{ sequences: SEQUENCES.length, classes: 2, batches: BATCHES },
  turn: async () => {},
};

describe("classProbabilities", () => {
  beforeAll(() => useBackend("cpu"));

  it("gives each sequence its own probabilities, whatever its batch", async () => {
    const before = tf.memory().numTensors;
    const found = await classProbabilities(countingLogits(SEQUENCES), {
      ...options,
      isBothStrands: false,
    });
    const expected = SEQUENCES.flatMap((ids) => softmaxOf(logitsOf(ids)));
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 6);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("averages the logits of both strands", async () => {
    const both = { ...options, isBothStrands: true };
    const found = await classProbabilities(countingLogits(SEQUENCES), both);
    const expected = SEQUENCES.flatMap((ids) => {
      const [forward, reverse] = [logitsOf(ids), logitsOf(reverseComplementIds(ids))];
      return softmaxOf([(forward[0] + reverse[0]) / 2, (forward[1] + reverse[1]) / 2]);
    });
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 6);
    const turned = SEQUENCES.map(reverseComplementIds);
    expect(await classProbabilities(countingLogits(turned), both)).toEqual(found);
  });

  it("ends between batches when its turn rejects", async () => {
    const counts: number[] = [];
    const turn = async (done: number): Promise<void> => {
      counts.push(done);
      if (done === 4) throw new Error("stop");
    };
    const pass = classProbabilities(countingLogits(SEQUENCES), {
      ...options,
      isBothStrands: false,
      turn,
    });
    await expect(pass).rejects.toThrow("stop");
    expect(counts).toEqual([0, 2, 4]);
  });
});
