/** Shares of G and C as whole numbers of bases. */

import type { GcRange } from "./design-rules.ts";

/** Shares are written in decimals: 0.29 × 100 is 29, though not in binary. */
const SLACK = 1e-9;

/**
 * The numbers of G and C whose share of `window` bases lies from `least` to `most`.
 *
 * @returns undefined where no whole number does: from 0.41 to 0.44 of 10 bases
 */
export function gcRange(window: number, least: number, most: number): GcRange | undefined {
  const range = {
    window,
    least: Math.max(0, Math.ceil(least * window - SLACK)),
    most: Math.floor(most * window + SLACK),
  };
  return range.least <= range.most ? range : undefined;
}
