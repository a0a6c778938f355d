/**
 * The whole contract with the C++ add-on: typed arrays and numbers go in, nothing is kept, nothing calls back. Every
 * function checks its arguments' kinds and sizes and throws a TypeError that names the wrong one; outputs are
 * written completely.
 */

import type { GenomeBinding } from "../../genome/node-native-loops.ts";
import type { SystemBinding } from "../../util/addon/system-binding.ts";
import type { ActivationBinding } from "./bindings/activation.ts";
import type { AttentionBinding } from "./bindings/attention.ts";
import type { AttentionSublayerBinding } from "./bindings/attention-sublayer.ts";
import type { BatchNormBinding } from "./bindings/batch-norm.ts";
import type { Conv1dBinding } from "./bindings/conv1d.ts";
import type { CopyBinding } from "./bindings/copy.ts";
import type { CrossEntropyBinding } from "./bindings/cross-entropy.ts";
import type { ElementaryBinding } from "./bindings/elementary.ts";
import type { ElementwiseBinding } from "./bindings/elementwise.ts";
import type { EmbeddingBinding } from "./bindings/embedding.ts";
import type { GemmBinding } from "./bindings/gemm.ts";
import type { IndexedBinding } from "./bindings/indexed.ts";
import type { MaxPoolBinding } from "./bindings/max-pool.ts";
import type { MeanPoolBinding } from "./bindings/mean-pool.ts";
import type { MeasureBinding } from "./bindings/measure.ts";
import type { MlpBinding } from "./bindings/mlp.ts";
import type { NormBinding } from "./bindings/norm.ts";
import type { OptimiserBinding } from "./bindings/optimiser.ts";
import type { PhiloxBinding } from "./bindings/philox.ts";
import type { ReduceBinding } from "./bindings/reduce.ts";
import type { SoftmaxBinding } from "./bindings/softmax.ts";

export interface Binding
  extends ActivationBinding,
    AttentionSublayerBinding,
    AttentionBinding,
    BatchNormBinding,
    Conv1dBinding,
    CopyBinding,
    CrossEntropyBinding,
    ElementaryBinding,
    ElementwiseBinding,
    EmbeddingBinding,
    GemmBinding,
    GenomeBinding,
    IndexedBinding,
    MaxPoolBinding,
    MeanPoolBinding,
    MeasureBinding,
    MlpBinding,
    NormBinding,
    OptimiserBinding,
    PhiloxBinding,
    ReduceBinding,
    SoftmaxBinding,
    SystemBinding {}
