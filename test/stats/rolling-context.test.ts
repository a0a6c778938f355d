import { describe, expect, it } from "vitest";
import { RollingContext } from "../../src/stats/rolling-context.ts";
import { randomIds } from "../support/random-ids.ts";

describe("RollingContext", () => {
  it("gives the code and the order that a slice of the sequence gives", () => {
    const ids = randomIds(500, 1, 0.1);
    for (const maxOrder of [0, 1, 4, 12]) {
      const context = new RollingContext(maxOrder);
      for (let i = 0; i < ids.length; i++) {
        const known = context.push(ids[i] as number);
        const run = Array.from(ids.subarray(Math.max(0, i - maxOrder), i + 1));
        const bases = run.slice(run.lastIndexOf(4) + 1);
        expect(known).toBe(ids[i] !== 4);
        expect(context.order).toBe(bases.length - 1);
        expect(context.kmer).toBe(bases.reduce((code, id) => 4 * code + id, 0));
      }
    }
  });

  it("starts anew after clear", () => {
    const context = new RollingContext(3);
    context.push(3);
    context.clear();
    expect(context.push(2)).toBe(true);
    expect([context.kmer, context.order]).toEqual([2, 0]);
  });

  it.each([-1, 1.5, 13])("refuses order %s", (order) => {
    expect(() => new RollingContext(order)).toThrow(
      new RangeError(`internal: expected an order in 0 … 12, got ${order}`),
    );
  });
});
