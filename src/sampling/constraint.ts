/** What a constraint on one row says to a sampler: it is asked before each base and told of each change. */

export interface RowConstraint {
  /**
   * The set of bases (bit b is base b) that may stand at a masked position as the row stands now, such that every
   * other masked position can still be filled. Never empty.
   */
  allowed(position: number): number;
  /** A base now stands at a position that was masked; it must have been allowed. */
  reveal(position: number, base: number): void;
  /** The position is masked again. */
  conceal(position: number): void;
}
