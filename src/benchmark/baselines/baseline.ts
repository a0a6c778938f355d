/** A classifier that a network has to beat before anyone believes it has learnt something. */

/** Sequences of token ids (A0 C1 G2 T3 N4) with their classes. */
export interface LabelledIds {
  readonly ids: readonly Uint8Array[];
  /** [sequences] 0 … classes − 1 */
  readonly labels: Int32Array;
  readonly classes: number;
}

export interface Baseline {
  readonly name: string;
  /**
   * Learns from `train`, and chooses its settings on `valid`; no draw is made. Returns what gives probabilities,
   * [sequences, classes].
   */
  readonly fit: (
    train: LabelledIds,
    valid: LabelledIds,
  ) => (ids: readonly Uint8Array[]) => Float64Array;
}
