/** Root mean square normalisation over the last axis as one kernel. */

import type { tf } from "../tf.ts";
import { normGradient } from "./norm-gradient.ts";

/** Inputs x [rows, width] and gain [width]; attribute `epsilon`; output [rows, width]. */
export const RMS_NORM = "GdiffRmsNorm";

/** Inputs x, gain and dy [rows, width]; attribute `epsilon`; outputs dx [rows, width] and dGain [width]. */
export const RMS_NORM_BACKWARD = "GdiffRmsNormBackward";

export const RMS_NORM_GRADIENT: tf.GradConfig = normGradient(RMS_NORM, RMS_NORM_BACKWARD);
