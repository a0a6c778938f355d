/**
 * An objective is a value: how a noisy input is made of a clean window, what the head means, and what kind of
 * likelihood follows. Training, evaluation and sampling ask the value and know no names.
 */

import type { AddressedRandom } from "../random/addressed.ts";

/** The noisy form of one example and what each position's cross-entropy counts. */
export interface Corruption {
  /** [length] ids the network sees */
  readonly xt: Uint8Array;
  /** [length] nats are multiplied by it; 0 where nothing is predicted */
  readonly weight: Float32Array;
}

export interface CorruptionRandom {
  /** the stream `trainingTime` */
  readonly time: AddressedRandom;
  /** the stream `corruption` */
  readonly mask: AddressedRandom;
}

export const OBJECTIVE_NAMES = ["mdlm", "mlm"] as const;
export type ObjectiveName = (typeof OBJECTIVE_NAMES)[number];

export interface Objective {
  readonly name: ObjectiveName;
  /** Columns of the head. */
  readonly headWidth: number;
  /** Whether evaluation gives −log p itself or an upper bound of it. */
  readonly likelihood: "exact" | "bound";
  /**
   * Makes the noisy form of one clean window.
   *
   * @param x0 [length] clean ids
   * @param index global example index
   * @param globalBatch examples of a step, over which time is stratified
   */
  corrupt(x0: Uint8Array, index: number, globalBatch: number, random: CorruptionRandom): Corruption;
}
