/** How many sequences of each class every part of a split gets. */

import { ConfigError } from "../../errors.ts";

/** What a set is split into. */
export interface SplitOptions<Part extends string> {
  /** Share of each part, above 0; together 1. Parts are named in this order. */
  readonly shares: Readonly<Record<Part, number>>;
  readonly seed: number;
  /** Name of each class, for messages; without them a class is called by its number. */
  readonly classNames?: readonly string[] | undefined;
}

/** The indices of each part, ascending; every index of the set is in exactly one. */
export type PartIndices<Part extends string> = Readonly<Record<Part, Uint32Array>>;

/**
 * Returns, for each class that occurs in `labels`, the number of its sequences for each part in the order of `shares`: its
 * share to within one sequence, by largest remainders.
 *
 * @throws {ConfigError} when the shares are not above 0 or do not sum to 1, or a class is too small for a part
 */
export function classQuotas<Part extends string>(
  labels: Int32Array,
  { shares, classNames }: SplitOptions<Part>,
): Map<number, number[]> {
  const parts = partNames(shares);
  const shareList = parts.map((part) => shares[part]);
  const sum = shareList.reduce((total, share) => total + share, 0);
  if (!shareList.every((share) => share > 0) || Math.abs(sum - 1) > 1e-9) {
    const text = parts.map((part) => `${part} ${shares[part]}`).join(", ");
    throw new ConfigError(`expected shares above 0 that sum to 1, got ${text || "none"}`);
  }
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const quotas = new Map<number, number[]>();
  for (const [label, count] of [...counts].sort(([a], [b]) => a - b)) {
    const quota = largestRemainders(count, shareList);
    const empty = quota.indexOf(0);
    if (empty >= 0) {
      const part = parts[empty] as Part;
      throw new ConfigError(
        `expected a sequence of ${className(label, classNames)} in ${part} (a share of ${shares[part]}), got none of its ${count}: ` +
          `give ${part} a larger share, or the class more sequences`,
      );
    }
    quotas.set(label, quota);
  }
  return quotas;
}

/** Names of the parts in the order in which they stand. */
export function partNames<Part extends string>(shares: Readonly<Record<Part, number>>): Part[] {
  return Object.keys(shares) as Part[];
}

/** What messages call a class. */
export function className(label: number, classNames: readonly string[] | undefined): string {
  const name = classNames?.[label];
  return name === undefined ? `class ${label}` : `class ${JSON.stringify(name)}`;
}

/** Rounds every share of `count` down, and gives what is left over to the largest fractions, equal ones in order. */
function largestRemainders(count: number, shares: readonly number[]): number[] {
  const exact = shares.map((share) => share * count);
  const quotas = exact.map(Math.floor);
  const left = count - quotas.reduce((total, quota) => total + quota, 0);
  const fraction = (part: number): number => (exact[part] as number) - (quotas[part] as number);
  const byFraction = [...shares.keys()].sort((a, b) => fraction(b) - fraction(a));
  for (const part of byFraction.slice(0, left)) quotas[part] = (quotas[part] as number) + 1;
  return quotas;
}
