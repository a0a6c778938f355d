import { describe, expect, it } from "vitest";
import { int64Values, rowCount } from "../../../src/data/table/table.ts";
import { EVERY_TYPE, NO_ROWS } from "../../support/tables.ts";

describe("rowCount", () => {
  it("is the length of the columns", () => {
    expect([rowCount(EVERY_TYPE), rowCount(NO_ROWS)]).toEqual([6, 0]);
  });

  it("counts vectors, not their numbers", () => {
    const values = Float32Array.of(1, 2, 3, 4, 5, 6);
    const vectors = { name: "v", type: "float32s", width: 3, values } as const;
    expect(rowCount({ columns: [vectors], metadata: {} })).toBe(2);
    const three = { name: "a", type: "int32", values: Int32Array.of(1, 2, 3) } as const;
    expect(() => rowCount({ columns: [three, vectors], metadata: {} })).toThrow(
      "internal: expected 3 rows in column v, as in a, got 2",
    );
  });

  it("refuses a table without columns, with a name twice, or with columns of unequal lengths", () => {
    const a = { name: "a", type: "int32", values: Int32Array.of(1, 2) } as const;
    const b = { name: "b", type: "utf8", values: ["x"] } as const;
    const refused = (columns: readonly (typeof a | typeof b)[], message: string) =>
      expect(() => rowCount({ columns, metadata: {} })).toThrow(new RangeError(message));
    refused([], "internal: expected a table of at least one column");
    refused([a, a], "internal: expected one column a, got two");
    refused([a, b], "internal: expected 2 rows in column b, as in a, got 1");
  });
});

describe("int64Values", () => {
  it("refuses what is not an integer of at most 53 bits", () => {
    for (const value of [0.5, 2 ** 53, Number.NaN]) {
      expect(() => int64Values({ name: "a", type: "int64", values: [1, value] })).toThrow(
        new RangeError(`internal: expected integers in column a, got ${value}`),
      );
    }
  });
});
