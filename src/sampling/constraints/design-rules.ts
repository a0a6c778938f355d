/** What every finished sequence must satisfy: data alone, so that what builds it, uses it and checks it stay apart. */

/** A word that may not stand at certain places. */
export interface ForbiddenWord {
  /** As messages call it: `EcoRI (GAATTC)`, `7 A in a row`. */
  readonly name: string;
  /** [bases] the set of bases at each place of the word; bit b is base b */
  readonly sets: Uint8Array;
  readonly places: Places;
}

/** The starts from, from + step, … at which a word ends at or before `to`; positions from 0. */
interface Places {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** How many G and C every run of `window` positions may have. */
export interface GcRange {
  /** Bases, at most the sequence's; its whole length for a range over all of it. */
  readonly window: number;
  readonly least: number;
  readonly most: number;
}

/** Hard constraints on sequences of one length. */
export interface DesignRules {
  /** Bases. */
  readonly length: number;
  /** [length] what may stand at each position, never the empty set; a kept base is a set of one */
  readonly sets: Uint8Array;
  readonly words: readonly ForbiddenWord[];
  readonly gc: readonly GcRange[];
}

/** Bases G and C, as a set. */
export const GC_BASES = 0b0110;
/** Bases A and T, as a set. */
export const AT_BASES = 0b1001;
