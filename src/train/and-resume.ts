/** What a run whose training could not go on is told last; a study, whose trials have options of its own, tells another way. */
export const AND_RESUME = ", and go on from the last checkpoint with --resume";
