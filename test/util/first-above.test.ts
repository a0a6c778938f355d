import fc from "fast-check";
import { expect, it } from "vitest";
import { firstAbove } from "../../src/util/first-above.ts";

it("finds what looking at one after the other finds", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 })),
      fc.integer({ min: -1, max: 10 }),
      (values, limit) => {
        const sorted = values.toSorted((a, b) => a - b);
        const looked = sorted.findIndex((value) => value > limit);
        const found = firstAbove(sorted.length, (i) => sorted[i] as number, limit);
        expect(found).toBe(looked < 0 ? sorted.length : looked);
      },
    ),
  );
});
