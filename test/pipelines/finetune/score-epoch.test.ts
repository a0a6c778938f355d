import { beforeAll, expect, test } from "vitest";
import { scoreEpoch } from "../../../pipelines/finetune/score-epoch.ts";
import { TrainingError } from "../../../src/errors.ts";
import { tf } from "../../../src/tensor/tf.ts";
import type { SequenceRows } from "../../../src/train/classification/sequence-rows.ts";
import { useBackend } from "../../support/backend.ts";

const LABELS = [0, 1, 1];
const VALID = {
  ...{ name: "three", classes: ["at", "gc"] },
  sequences: LABELS.map((label, i) => ({ id: String(i), ids: Uint8Array.of(0, 1), label })),
};
const OPTIONS = { tokens: 100, isBothStrands: false, turn: async () => {} };

/** Scores logits [0, `margin`] of each sequence. */
function scoreOf(margins: readonly number[]): ReturnType<typeof scoreEpoch> {
  const validLogits = (_: unknown, { places }: SequenceRows): tf.Tensor2D =>
    tf.tensor2d(places.map((place) => [0, margins[place] as number]));
  const loss = { lossOf: () => () => tf.scalar(0), countOf: () => 1 };
  return scoreEpoch(4, { loss, validLogits }, {}, VALID, OPTIONS);
}

beforeAll(() => useBackend("cpu"));

test("a score is the accuracy and the mean cross-entropy", async () => {
  const nats = [Math.log(1 + Math.exp(2)), Math.log(1 + Math.exp(-1)), Math.log(1 + Math.exp(-3))];
  const { epoch, accuracy, lossNats } = await scoreOf([2, 1, 3]);
  expect([epoch, accuracy]).toEqual([4, 2 / 3]);
  expect(lossNats).toBeCloseTo(nats.reduce((sum, value) => sum + value) / 3, 6);
});

test.each([
  ["NaN", [0, Number.NaN, 0]],
  ["Infinity", [1e4, 0, 0]], // e^-10000 is 0
])("a loss of %s ends the run", async (got, margins) => {
  await expect(scoreOf(margins)).rejects.toEqual(
    new TrainingError(
      `expected a finite loss on valid after epoch 4, got ${got}: lower --lr or lengthen the warm-up, and go on from the last checkpoint with --resume`,
    ),
  );
});
