/** The bound's draws by how much of the window they masked: where a model's bits are spent. */

import { ratio } from "../stats/ratio.ts";
import type { WindowLikelihood } from "./window-likelihood.ts";

/** Draws whose mask rate, masked over all bases of the window, is in (from, to]. */
export interface MaskRateNats {
  readonly from: number;
  readonly to: number;
  /** Nats a masked base: the mean of the draws' means, a window counting by its bases. */
  readonly nats: number;
  /** Over windows; absent with fewer than two. */
  readonly standardError?: number;
  readonly draws: number;
  readonly maskedBases: number;
}

/** Draws of one window in one bin. */
interface BinDraws {
  /** Σ of the draws' estimates of the window's bound. */
  nats: number;
  draws: number;
  maskedBases: number;
}

/**
 * Divides the draws into `bins` equal ranges of the mask rate, lowest first; a range without a draw is left out.
 *
 * A draw's estimate of its window's bound is n times the draw's mean nats a masked base, whatever the law of mask counts (uniform
 * over 1 … n in continuous time), so the bound a base is the mean of the bins' nats, each by its share of the draws.
 */
export function natsByMaskRate(
  windows: readonly WindowLikelihood[],
  bins: number,
): readonly MaskRateNats[] {
  const rows = windows
    .filter(({ scoredBases }) => scoredBases > 0)
    .map((window) => ({ window, byBin: divide(window, bins) }));
  return Array.from({ length: bins }, (_, i) => i).flatMap((i) => {
    const parts = rows.flatMap(({ window, byBin }) => {
      const part = byBin.get(i);
      return part === undefined ? [] : [{ ...part, bases: window.scoredBases * part.draws }];
    });
    return parts.length === 0 ? [] : [{ from: i / bins, to: (i + 1) / bins, ...summarise(parts) }];
  });
}

function divide({ scoredBases, draws }: WindowLikelihood, bins: number): Map<number, BinDraws> {
  const byBin = new Map<number, BinDraws>();
  for (const { maskedBases, nats } of draws) {
    if (maskedBases === undefined) continue;
    const bin = Math.ceil((bins * maskedBases) / scoredBases) - 1;
    const sum = byBin.get(bin) ?? { nats: 0, draws: 0, maskedBases: 0 };
    sum.nats += nats;
    sum.draws++;
    sum.maskedBases += maskedBases;
    byBin.set(bin, sum);
  }
  return byBin;
}

function summarise(
  parts: readonly (BinDraws & { readonly bases: number })[],
): Omit<MaskRateNats, "from" | "to"> {
  const { value, standardError } = ratio(
    parts.map(({ nats }) => nats),
    parts.map(({ bases }) => bases),
  );
  return {
    nats: value,
    ...(standardError === undefined ? {} : { standardError }),
    draws: parts.reduce((sum, { draws }) => sum + draws, 0),
    maskedBases: parts.reduce((sum, { maskedBases }) => sum + maskedBases, 0),
  };
}
