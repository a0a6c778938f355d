/** Where a number lies, with the confidence that whoever made the interval states. */
export interface ConfidenceInterval {
  readonly low: number;
  readonly high: number;
}
