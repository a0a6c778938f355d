/** How −log p of a window is found with a network: exactly, or as a bound by Monte Carlo. */

import type { AddressedRandom } from "../random/addressed.ts";
import type { Logits } from "./subs.ts";

/** The draws of one evaluation: where they come from. */
export interface LikelihoodRandom {
  /** the stream `countStratum` */
  readonly stratum: AddressedRandom;
  /** the stream `countSubset` */
  readonly subset: AddressedRandom;
}

/** What a pass says of the two tracks of a window, nats. */
export interface DrawNats {
  /** An estimate of −log p of the whole window, or of its bound. */
  readonly total: number;
  /** The part of `total` at soft-masked positions. */
  readonly softMasked: number;
}

/** One row of the network that a window is scored with. */
export interface LikelihoodDraw {
  /** [length] ids that the network sees */
  readonly input: Uint8Array;
  /** Total noise that the network is told, nats; of an objective that tells it. */
  readonly level?: number;
  /** [length] clean ids that a network of blocks sees beside it; absent of other networks. */
  readonly clean?: Uint8Array;
  /** How many of the window's bases are hidden in it, where that is what a row draws. */
  readonly maskedBases?: number;
  /**
   * Scores the row.
   *
   * @param isSoftMasked [length] 1 where the window is soft-masked
   * @param logits [rows, head] of a batch; the first position is row `firstRow`
   */
  nats(isSoftMasked: Uint8Array, logits: Logits, firstRow: number): DrawNats;
}

export interface LikelihoodEstimator {
  /** Whether the mean of a window's rows, and its remainder with it, is −log p itself, or an upper bound of it. */
  readonly kind: "exact" | "bound";
  /** Steps of the process whose bound it is; absent where time is continuous or there is none. */
  readonly timeSteps?: number;
  /** What has to be known of the number of a run that was trained for something else. */
  readonly caveat?: string;
  /** Which strand of a window is scored; both is the mean of the two. */
  readonly strand: "+" | "both";
  /** Rows that a window takes where `draws` Monte Carlo draws are asked for. */
  rows(draws: number): number;
  /**
   * Makes row `row` of `rows` of a window; addresses are (example, row, place), whatever the batches.
   *
   * @param x0 [length] with at least one base; a window without any is skipped and counted by the caller
   * @param example number of the window among those that are scored
   */
  row(
    x0: Uint8Array,
    random: LikelihoodRandom,
    example: number,
    row: number,
    rows: number,
  ): LikelihoodDraw;
  /** A row that needs no draw, whose nats are added to the mean of the others; absent where they say all. */
  readonly remainder?: (x0: Uint8Array) => LikelihoodDraw;
}
