/** Gradients of the fused kernels that the backend has; TensorFlow.js looks them up by kernel name. */

import { ATTENTION_GRADIENT } from "../../tensor/fused/attention.ts";
import { LAYER_NORM_GRADIENT } from "../../tensor/fused/layer-norm.ts";
import { MLP_SUBLAYER_GRADIENT } from "../../tensor/fused/mlp-sublayer.ts";
import { RMS_NORM_GRADIENT } from "../../tensor/fused/rms-norm.ts";
import { ROTARY_GRADIENT } from "../../tensor/fused/rotary.ts";
import type { tf } from "../../tensor/tf.ts";

export const FUSED_GRADIENTS: readonly tf.GradConfig[] = [
  LAYER_NORM_GRADIENT, // one a line
  RMS_NORM_GRADIENT,
  MLP_SUBLAYER_GRADIENT,
  ATTENTION_GRADIENT,
  ROTARY_GRADIENT,
];
