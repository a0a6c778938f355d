/** Layer normalisation over the last axis as one kernel. */

import type { tf } from "../tf.ts";
import { normGradient } from "./norm-gradient.ts";

/** Inputs x [rows, width] and gain [width]; attribute `epsilon`; output [rows, width]. */
export const LAYER_NORM = "GdiffLayerNorm";

/** Inputs x, gain and dy [rows, width]; attribute `epsilon`; outputs dx [rows, width] and dGain [width]. */
export const LAYER_NORM_BACKWARD = "GdiffLayerNormBackward";

export const LAYER_NORM_GRADIENT: tf.GradConfig = normGradient(LAYER_NORM, LAYER_NORM_BACKWARD);
