/** Gradients of the fused kernels that the backend has; TensorFlow.js looks them up by kernel name. */

import { LAYER_NORM_GRADIENT } from "../../tensor/fused/layer-norm.ts";
import { RMS_NORM_GRADIENT } from "../../tensor/fused/rms-norm.ts";
import type { tf } from "../../tensor/tf.ts";

export const FUSED_GRADIENTS: readonly tf.GradConfig[] = [LAYER_NORM_GRADIENT, RMS_NORM_GRADIENT];
