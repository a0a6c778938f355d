/** What a run whose training could not go on is told last; studies and benchmarks, whose trials have options of theirs, leave it out. */
export const AND_RESUME = ", and go on from the last checkpoint with --resume";
