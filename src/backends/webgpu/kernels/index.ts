/** The fused operations that a GPU computes in programs of its own. */

import { WEBGPU_ATTENTION, WEBGPU_ATTENTION_GRAD } from "./attention.ts";
import { WEBGPU_GELU, WEBGPU_GELU_BACKWARD, WEBGPU_ROTARY } from "./elementwise.ts";
import type { WebGpuKernel } from "./kernel.ts";
import { WEBGPU_LAYER_NORM, WEBGPU_LAYER_NORM_BACKWARD } from "./layer-norm.ts";
import {
  WEBGPU_MASKED_CROSS_ENTROPY,
  WEBGPU_MASKED_CROSS_ENTROPY_BACKWARD,
} from "./masked-cross-entropy.ts";
import { WEBGPU_ADAMW, WEBGPU_GLOBAL_NORM } from "./optimiser.ts";

export const WEBGPU_KERNELS: readonly WebGpuKernel[] = [
  WEBGPU_ATTENTION, // one a line
  WEBGPU_ATTENTION_GRAD,
  WEBGPU_ROTARY,
  WEBGPU_GELU,
  WEBGPU_GELU_BACKWARD,
  WEBGPU_LAYER_NORM,
  WEBGPU_LAYER_NORM_BACKWARD,
  WEBGPU_MASKED_CROSS_ENTROPY,
  WEBGPU_MASKED_CROSS_ENTROPY_BACKWARD,
  WEBGPU_ADAMW,
  WEBGPU_GLOBAL_NORM,
];
