/** Gradients of the fused kernels; TensorFlow.js looks them up by kernel name, whichever backend has the kernel. */

import { ATTENTION_GRADIENT } from "../tensor/fused/attention.ts";
import { ATTENTION_SUBLAYER_GRADIENT } from "../tensor/fused/attention-sublayer.ts";
import { BATCH_NORM_GRADIENT } from "../tensor/fused/batch-norm.ts";
import { CONV1D_GRADIENT } from "../tensor/fused/conv1d.ts";
import { EMBEDDING_GRADIENT } from "../tensor/fused/embedding.ts";
import { GELU_GRADIENT } from "../tensor/fused/gelu.ts";
import { LAYER_NORM_GRADIENT } from "../tensor/fused/layer-norm.ts";
import { LINEAR_GRADIENT } from "../tensor/fused/linear.ts";
import { MASKED_CROSS_ENTROPY_GRADIENT } from "../tensor/fused/masked-cross-entropy.ts";
import { MAX_POOL_1D_GRADIENT } from "../tensor/fused/max-pool-1d.ts";
import { MEAN_POOL_GRADIENT } from "../tensor/fused/mean-pool.ts";
import { MLP_SUBLAYER_GRADIENT } from "../tensor/fused/mlp-sublayer.ts";
import { RMS_NORM_GRADIENT } from "../tensor/fused/rms-norm.ts";
import { ROTARY_GRADIENT } from "../tensor/fused/rotary.ts";
import { SILU_GATE_GRADIENT } from "../tensor/fused/silu-gate.ts";
import { tf } from "../tensor/tf.ts";

const FUSED_GRADIENTS: readonly tf.GradConfig[] = [
  LAYER_NORM_GRADIENT, // one a line
  RMS_NORM_GRADIENT,
  GELU_GRADIENT,
  SILU_GATE_GRADIENT,
  EMBEDDING_GRADIENT,
  MASKED_CROSS_ENTROPY_GRADIENT,
  MEAN_POOL_GRADIENT,
  MAX_POOL_1D_GRADIENT,
  BATCH_NORM_GRADIENT,
  CONV1D_GRADIENT,
  LINEAR_GRADIENT,
  MLP_SUBLAYER_GRADIENT,
  ATTENTION_GRADIENT,
  ATTENTION_SUBLAYER_GRADIENT,
  ROTARY_GRADIENT,
];

/** Tells TensorFlow.js the gradients, once. */
export function registerFusedGradients(): void {
  for (const gradient of FUSED_GRADIENTS) {
    if (tf.getGradient(gradient.kernelName) === undefined) tf.registerGradient(gradient);
  }
}
