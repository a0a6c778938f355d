/** Numbers computed in another order differ in their last bits. */

import { expect } from "vitest";

/** Expects all of `expected`, numbers to ten digits behind the point; what else `got` has is not looked at. */
export function expectClose(got: unknown, expected: unknown): void {
  if (typeof expected === "number") expect(got).toBeCloseTo(expected, 10);
  else if (typeof expected !== "object" || expected === null) expect(got).toEqual(expected);
  else {
    for (const [key, value] of Object.entries(expected)) {
      expectClose((got as Record<string, unknown> | undefined)?.[key], value);
    }
  }
}
