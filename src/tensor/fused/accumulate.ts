/** A sum that takes one term more. */

/**
 * Inputs `sum` and `term` of one shape, float32; output sum + term. Gives the memory of `sum` to the output where
 * nothing else uses it: the caller disposes `sum` unread. No gradient.
 */
export const ACCUMULATE = "GdiffAccumulate";
