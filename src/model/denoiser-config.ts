/** Size of the transformer denoiser. */

import { ConfigError } from "../errors.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";

/** Which positions a position sees: all, those up to itself, or those up to the end of its block. */
export const ATTENTION_KINDS = ["full", "causal", "blocks"] as const;
type AttentionKind = (typeof ATTENTION_KINDS)[number];

export interface DenoiserConfig {
  /** Features of the residual stream; a multiple of twice the heads. */
  readonly width: number;
  /** Blocks of attention and MLP. */
  readonly layers: number;
  readonly heads: number;
  /** Absent is full. */
  readonly attention?: AttentionKind;
  /**
   * Whether a row is read one position late, behind a MASK, so that what stands at a position predicts the next base: as weights do that
   * were an autoregressive model's. Absent is not.
   */
  readonly isShifted?: boolean;
  /** Positions of a block, where attention is by blocks; the last of a row may be shorter. */
  readonly blockLength?: number;
  /** Whether it is told how noisy a row is; absent is not. */
  readonly isToldNoise?: boolean;
  /** Columns of the head; absent is one a base. */
  readonly headWidth?: number;
  /** What a row can be said to be, by name; absent of a network that is told none. */
  readonly classes?: readonly string[];
}

/** Columns of the head. */
export function headWidthOf({ headWidth = BASE_COUNT }: Pick<DenoiserConfig, "headWidth">): number {
  return headWidth;
}

/**
 * @throws {ConfigError} when rotary halves do not fit: width / heads must be an even integer; or a length of blocks is missing, or
 *   there are none
 */
export function expectDenoiserConfig({
  width,
  heads,
  attention = "full",
  blockLength,
}: DenoiserConfig): void {
  if (width % (2 * heads) !== 0) {
    throw new ConfigError(
      `expected model.width to be a multiple of 2 · model.heads (rotary needs an even head width), ` +
        `got width ${width} and ${heads} heads`,
    );
  }
  if ((attention === "blocks") === (blockLength !== undefined)) return;
  throw new ConfigError(
    blockLength === undefined
      ? "expected model.blockLength with model.attention blocks, got none"
      : `expected model.blockLength with model.attention blocks only, got ${blockLength} with ${attention}`,
  );
}
