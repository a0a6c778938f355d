/** Layer normalisation over the last axis as one kernel. */

/** Inputs x [rows, width] and gain [width]; attribute `epsilon`; output [rows, width]. */
export const LAYER_NORM = "GdiffLayerNorm";
