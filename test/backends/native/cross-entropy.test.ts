import { describe, expect, it } from "vitest";
import { centralDifferences } from "../../naive/central-differences.ts";
import { naiveMaskedCrossEntropy } from "../../naive/masked-cross-entropy.ts";
import { naiveLogSoftmax } from "../../naive/softmax.ts";
import { maxDifference } from "../../support/backend.ts";
import {
  binding,
  computed,
  describeEachInstructionSet,
  poisoned,
  refusalOf,
  values,
} from "./support.ts";

/** Rows of which each third is visible; ids of N and MASK stand there. */
function problem(rows: number, classes: number) {
  const logits = values(rows * classes, 1).map((value) => 4 * value);
  const weight = values(rows, 2).map((value, row) => (row % 3 === 1 ? 0 : 1.5 + value));
  const x0 = Int32Array.from({ length: rows }, (_, row) =>
    row % 3 === 1 ? classes + (row % 2) : (row * 5) % classes,
  );
  return { logits, weight, x0 };
}

/** The loss in float64 for any number of classes. */
function naiveLoss(
  logits: ArrayLike<number>,
  x0: Int32Array,
  weight: Float32Array,
  classes: number,
): number {
  const logProbs = naiveLogSoftmax(logits, classes);
  return weight.reduce(
    (nats, w, row) => (w === 0 ? nats : nats - w * (logProbs[row * classes + (x0[row] ?? 0)] ?? 0)),
    0,
  );
}

function lossOf(logits: Float32Array, x0: Int32Array, weight: Float32Array, classes = 4): number {
  const loss = poisoned(1);
  binding.maskedCrossEntropyForward(x0.length, classes, logits, x0, weight, loss);
  return loss[0] as number;
}

describeEachInstructionSet("masked cross-entropy", () => {
  it.each([0, 1, 3, 15, 16, 17, 1023, 1025, 5001])(
    "agrees with float64 loops on %i rows",
    (rows) => {
      const { logits, x0, weight } = problem(rows, 4);
      const [loss] = computed([1], (to) =>
        binding.maskedCrossEntropyForward(rows, 4, logits, x0, weight, to),
      );
      const wanted = naiveMaskedCrossEntropy(logits, x0, weight);
      expect(Math.abs((loss[0] as number) - wanted)).toBeLessThan(1e-6 + 1e-6 * wanted);
    },
  );

  it.each([
    [7, 1],
    [9, 4],
    [5, 5],
    [3, 40],
  ])("has their gradient on [%i, %i], exactly 0 at visible positions", (rows, classes) => {
    const { logits, x0, weight } = problem(rows, classes);
    const [dLogits] = computed([rows * classes], (to) =>
      binding.maskedCrossEntropyBackward(
        rows,
        classes,
        logits,
        x0,
        weight,
        Float32Array.of(0.7),
        to,
      ),
    );
    const wanted = centralDifferences((x) => 0.7 * naiveLoss(x, x0, weight, classes), logits);
    expect(maxDifference(dLogits, wanted)).toBeLessThan(2e-6);
    const visible = dLogits.filter((_, i) => weight[Math.floor(i / classes)] === 0);
    expect(visible.every((value) => value === 0)).toBe(true);
  });

  it("gives a visible row no say but NaN, as 0 · NaN is", () => {
    const { logits, x0, weight } = problem(40, 4);
    const loss = lossOf(logits, x0, weight);
    const changed = logits.slice();
    changed[4] = 9; // row 1 is visible
    expect(lossOf(changed, x0, weight)).toBe(loss);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      changed[4] = value;
      expect(lossOf(changed, x0, weight)).toBeNaN();
    }
    const dLogits = poisoned(160);
    changed[4] = Number.NaN;
    binding.maskedCrossEntropyBackward(40, 4, changed, x0, weight, Float32Array.of(1), dLogits);
    const faulty = [...dLogits].flatMap((value, i) => (Number.isNaN(value) ? [i] : []));
    expect(faulty).toEqual([4, 5, 6, 7]);
  });

  it("costs nothing where a base is certain, and much where it is certainly another", () => {
    const logits = Float32Array.of(200, 0, 0, 0);
    const one = Float32Array.of(1);
    expect(lossOf(logits, Int32Array.of(0), one)).toBe(0);
    expect(lossOf(logits, Int32Array.of(1), one)).toBe(200);
  });
});

describe("masked cross-entropy's arguments", () => {
  it("are refused without a class", () => {
    const none = new Float32Array(0);
    expect(
      refusalOf(() =>
        binding.maskedCrossEntropyForward(0, 0, none, new Int32Array(0), none, poisoned(1)),
      ),
    ).toBe("TypeError: native maskedCrossEntropy: expected classes to be 1 or more, got 0");
  });
});
