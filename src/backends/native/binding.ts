/**
 * The whole contract with the C++ add-on: typed arrays and numbers go in, nothing is kept, nothing calls back. Every
 * function checks its arguments' kinds and sizes and throws a TypeError that names the wrong one; outputs are
 * written completely.
 */

import type { AttentionBinding } from "./bindings/attention.ts";
import type { GemmBinding } from "./bindings/gemm.ts";
import type { MeasureBinding } from "./bindings/measure.ts";
import type { MlpBinding } from "./bindings/mlp.ts";
import type { NormBinding } from "./bindings/norm.ts";
import type { SystemBinding } from "./bindings/system.ts";

export interface Binding
  extends MeasureBinding,
    SystemBinding,
    NormBinding,
    MlpBinding,
    GemmBinding,
    AttentionBinding {}
