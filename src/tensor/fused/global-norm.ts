/** The Euclidean norm of many tensors together. */

/** Inputs by any name, float32 of any shapes; output sqrt(Σ x²) over all of them, a scalar. No gradient. */
export const GLOBAL_NORM = "GdiffGlobalNorm";
