/** What a context model answers: the probability of one base after those before it. */

export interface BaseModel {
  /** The most bases of context the model looks at. */
  readonly maxOrder: number;
  /**
   * P(base | context), above 0; over the four bases of one context it sums to 1.
   *
   * @param kmer code of the context and the base (see rolling-context.ts), `order` + 1 bases
   * @param order known bases in the context, at most `maxOrder`
   */
  probability(kmer: number, order: number): number;
}

/** The model that knows nothing: 2 bits per base. */
export const uniformModel: BaseModel = { maxOrder: 0, probability: () => 1 / 4 };
