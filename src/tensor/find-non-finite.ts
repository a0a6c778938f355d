import type { NamedArrays } from "./named-arrays.ts";

/** An array with numbers that are NaN or infinite. */
export interface NonFinite {
  readonly name: string;
  readonly count: number;
  /** Index of the first one in the row-major data. */
  readonly firstIndex: number;
}

/** Lists the arrays that hold NaN or an infinity, in the order of `arrays`. */
export function findNonFinite(arrays: NamedArrays): readonly NonFinite[] {
  const found: NonFinite[] = [];
  for (const [name, { data }] of Object.entries(arrays)) {
    let count = 0;
    let firstIndex: number | undefined;
    for (let i = 0; i < data.length; i++) {
      if (Number.isFinite(data[i])) continue;
      firstIndex ??= i;
      count++;
    }
    if (firstIndex !== undefined) found.push({ name, count, firstIndex });
  }
  return found;
}
