import { beforeAll, describe, expect, it } from "vitest";
import { classCrossEntropy } from "../../src/ops/class-cross-entropy.ts";
import { lossAndGrads } from "../../src/tensor/backward.ts";
import { tf } from "../../src/tensor/tf.ts";
import { centralDifferences } from "../naive/central-differences.ts";
import { naiveLogSoftmax } from "../naive/softmax.ts";
import { ALL_BACKENDS, filled, maxDifference, useBackend } from "../support/backend.ts";

const TARGETS = [0, 1, 0, 0.9, 0.05, 0.05];
const WEIGHTS = [1, 0.5];

function naive(logits: ArrayLike<number>): number {
  const logs = naiveLogSoftmax(logits, 3);
  return TARGETS.reduce(
    (sum, target, i) => sum - (WEIGHTS[Math.floor(i / 3)] as number) * target * (logs[i] as number),
    0,
  );
}

describe.each(ALL_BACKENDS)("classCrossEntropy on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it("is what float64 loops make of it, its gradient what differences say", async () => {
    const logits = filled([2, 3]);
    const { loss, grads } = lossAndGrads({ logits }, (params) =>
      classCrossEntropy(
        params.logits as tf.Tensor2D,
        tf.tensor2d(TARGETS, [2, 3]),
        tf.tensor1d(WEIGHTS),
      ),
    );
    const values = await logits.data();
    expect((await loss.data())[0]).toBeCloseTo(naive(values), 5);
    const expected = centralDifferences(naive, values);
    expect(maxDifference((await grads.logits?.data()) ?? [], expected)).toBeLessThan(1e-5);
    tf.dispose([logits, loss, grads.logits as tf.Tensor]);
  });
});
