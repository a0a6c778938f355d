/** Every operation that C++ computes; all others fall to TensorFlow.js' JavaScript. */

import type { NativeKernel } from "../kernel.ts";
import { ATTENTIONS } from "./attention.ts";
import { MLP_SUBLAYERS } from "./mlp-sublayer.ts";
import { NORMS } from "./norm.ts";
import { rotary } from "./rotary.ts";

export const NATIVE_KERNELS: readonly NativeKernel[] = [
  NORMS, // one family a line
  MLP_SUBLAYERS,
  ATTENTIONS,
  rotary,
].flat();
