import { expect, it } from "vitest";
import { centralDifferences } from "../../naive/central-differences.ts";
import { naiveMeanPool } from "../../naive/mean-pool.ts";
import { maxDifference } from "../../support/backend.ts";
import {
  binding,
  computed,
  describeEachInstructionSet,
  dot,
  poisoned,
  refusalOf,
  values,
} from "./support.ts";

const SHAPES: readonly { lengths: number[]; length: number; width: number }[] = [
  { lengths: [1], length: 1, width: 1 },
  { lengths: [3, 5, 1], length: 5, width: 17 },
  { lengths: [129, 63, 64, 200], length: 200, width: 3 },
  { lengths: [2, 1], length: 2, width: 130 },
  { lengths: [], length: 4, width: 8 },
];

describeEachInstructionSet("mean pool", () => {
  it.each(SHAPES)("agrees with float64 loops: $lengths of $length, width $width", (shape) => {
    const { lengths, length, width } = shape;
    const batch = lengths.length;
    const x = values(batch * length * width, 1);
    const counts = Int32Array.from(lengths);
    // What stands in the padding never matters.
    const padded = x.map((value, i) =>
      Math.floor(i / width) % length < (lengths[Math.floor(i / width / length)] ?? 0) ? value : NaN,
    );
    const [out] = computed([batch * width], (to) =>
      binding.meanPoolForward(batch, length, width, padded, counts, to),
    );
    expect(maxDifference(out, naiveMeanPool(x, lengths, length, width))).toBeLessThan(1e-6);
    const dy = values(batch * width, 2);
    const [dx] = computed([x.length], (to) =>
      binding.meanPoolBackward(batch, length, width, dy, counts, to),
    );
    const wanted = centralDifferences(
      (changed) => dot(naiveMeanPool(changed, lengths, length, width), dy),
      x,
    );
    expect(maxDifference(dx, wanted)).toBeLessThan(1e-6);
  });
});

it("refuses a length that its row has not", () => {
  for (const count of [0, 6]) {
    const counts = Int32Array.of(5, count);
    const wanted = `expected every length to be in 1 … 5, got lengths[1] = ${count}`;
    expect(
      refusalOf(() => binding.meanPoolForward(2, 5, 1, values(10, 1), counts, poisoned(2))),
    ).toBe(`TypeError: native meanPoolForward: ${wanted}`);
    expect(
      refusalOf(() => binding.meanPoolBackward(2, 5, 1, values(2, 1), counts, poisoned(10))),
    ).toBe(`TypeError: native meanPoolBackward: ${wanted}`);
  }
});
