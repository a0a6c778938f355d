/** What the processor does at most, for measurements; the caller takes the time. */
export interface MeasureBinding {
  /**
   * Multiply-adds on registers with the instruction that products use: `tasks` tasks over the threads, `rounds` rounds
   * each. Returns the floating-point operations of all of them.
   */
  measureArithmetic(tasks: number, rounds: number, bf16: boolean): number;
  /** to[0, count) = from[0, count) with all threads. */
  measureCopy(count: number, from: Float32Array, to: Float32Array): void;
}
