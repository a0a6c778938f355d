/** Gradients of the fused kernels that the backend has; TensorFlow.js looks them up by kernel name. */

import type { tf } from "../../tensor/tf.ts";

export const FUSED_GRADIENTS: readonly tf.GradConfig[] = [];
