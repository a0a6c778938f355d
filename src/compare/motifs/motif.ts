/** A sequence motif: how probable each base is at each of its positions. */

export interface Motif {
  /** Unique in its set. */
  readonly name: string;
  /** What people call it, where that is another name. */
  readonly label?: string;
  /** [width, 4] of A, C, G, T; rows sum to 1 */
  readonly probabilities: Float64Array;
  /** Sites that the probabilities were counted on. */
  readonly sites: number;
}

export interface MotifSet {
  readonly motifs: readonly Motif[];
  /** [4] probabilities of A, C, G, T outside of motifs */
  readonly background: Float64Array;
}

/** Sites where it is not said how many there were, as MEME's own programs take them. */
export const USUAL_SITES = 20;

/** Bases of a motif, at most. */
export const MOST_COLUMNS = 200;

/** Motifs of a set, at most. */
export const MOST_MOTIFS = 10_000;
