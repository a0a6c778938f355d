import { beforeAll, describe, expect, it } from "vitest";
import { tf } from "../../../src/tensor/tf.ts";
import { reverseComplementIds } from "../../../src/tokens/complement.ts";
import { classProbabilities } from "../../../src/train/classification/class-probabilities.ts";
import type { RowTensors } from "../../../src/train/classification/classification-loss.ts";
import { useBackend } from "../../support/backend.ts";
import { randomIds } from "../../support/random-ids.ts";

const SEQUENCES = [5, 9, 2, 7, 1].map((length, i) => randomIds(length, i + 1));
const BATCHES = [[4, 2], [0, 3], [1]];

/** Logits [batch, 2]: A's and C's share of the real positions, times 3: a strand's own. */
function countingLogits({ ids, lengths }: RowTensors): tf.Tensor2D {
  const [batch, length] = ids.shape;
  const positions = tf.range(0, length, 1, "int32").reshape([1, length]);
  const isReal = tf.less(positions, tf.tensor2d([...lengths], [batch, 1], "int32"));
  const share = (id: number): tf.Tensor => {
    const counted = tf.cast(tf.logicalAnd(isReal, tf.equal(ids, id)), "float32");
    return tf.div(tf.mul(tf.sum(counted, 1), 3), tf.tensor1d([...lengths]));
  };
  return tf.stack([share(0), share(1)], 1) as tf.Tensor2D;
}

/** What the network says of one sequence, in float64. */
function logitsOf(ids: Uint8Array): readonly [number, number] {
  const share = (id: number): number => (3 * ids.filter((one) => one === id).length) / ids.length;
  return [share(0), share(1)];
}

function softmaxOf([a, c]: readonly [number, number]): readonly [number, number] {
  const total = Math.exp(a) + Math.exp(c);
  return [Math.exp(a) / total, Math.exp(c) / total];
}

const options = { classes: 2, batches: BATCHES, turn: async () => {} };

describe("classProbabilities", () => {
  beforeAll(() => useBackend("cpu"));

  it("gives each sequence its own probabilities, whatever its batch", async () => {
    const before = tf.memory().numTensors;
    const found = await classProbabilities(countingLogits, SEQUENCES, {
      ...options,
      isBothStrands: false,
    });
    const expected = SEQUENCES.flatMap((ids) => softmaxOf(logitsOf(ids)));
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 6);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("averages the logits of both strands", async () => {
    const both = { ...options, isBothStrands: true };
    const found = await classProbabilities(countingLogits, SEQUENCES, both);
    const expected = SEQUENCES.flatMap((ids) => {
      const [forward, reverse] = [logitsOf(ids), logitsOf(reverseComplementIds(ids))];
      return softmaxOf([(forward[0] + reverse[0]) / 2, (forward[1] + reverse[1]) / 2]);
    });
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 6);
    const turned = SEQUENCES.map(reverseComplementIds);
    expect(await classProbabilities(countingLogits, turned, both)).toEqual(found);
  });

  it("ends between batches when its turn rejects", async () => {
    const counts: number[] = [];
    const turn = async (done: number): Promise<void> => {
      counts.push(done);
      if (done === 4) throw new Error("stop");
    };
    const pass = classProbabilities(countingLogits, SEQUENCES, {
      ...options,
      isBothStrands: false,
      turn,
    });
    await expect(pass).rejects.toThrow("stop");
    expect(counts).toEqual([0, 2, 4]);
  });
});
