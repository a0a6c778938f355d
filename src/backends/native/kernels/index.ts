/** Every operation that C++ computes; all others fall to TensorFlow.js' JavaScript. */

import type { NativeKernel } from "../kernel.ts";
import { ACTIVATIONS } from "./activation.ts";
import { ATTENTIONS } from "./attention.ts";
import { ATTENTION_SUBLAYERS } from "./attention-sublayer.ts";
import { BATCH_NORMS } from "./batch-norm.ts";
import { CONVOLUTIONS } from "./conv1d.ts";
import { EMBEDDINGS } from "./embedding.ts";
import { GENERIC } from "./generic.ts";
import { LINEARS } from "./linear.ts";
import { CROSS_ENTROPIES } from "./masked-cross-entropy.ts";
import { MAT_MULS } from "./mat-mul.ts";
import { MAX_POOLS } from "./max-pool-1d.ts";
import { MEAN_POOLS } from "./mean-pool.ts";
import { MLP_SUBLAYERS } from "./mlp-sublayer.ts";
import { NORMS } from "./norm.ts";
import { OPTIMISER } from "./optimiser.ts";
import { rotary } from "./rotary.ts";
import { SOFTMAXES } from "./softmax.ts";

export const NATIVE_KERNELS: readonly NativeKernel[] = [
  NORMS, // one family a line
  ACTIVATIONS,
  EMBEDDINGS,
  CROSS_ENTROPIES,
  MEAN_POOLS,
  MAX_POOLS,
  BATCH_NORMS,
  CONVOLUTIONS,
  SOFTMAXES,
  MAT_MULS,
  LINEARS,
  MLP_SUBLAYERS,
  ATTENTIONS,
  ATTENTION_SUBLAYERS,
  rotary,
  OPTIMISER,
  GENERIC,
].flat();
