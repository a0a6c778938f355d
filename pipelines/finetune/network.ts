/** What fine-tuning needs of a network, whichever it is. */

import type { ParamShapes } from "../../src/model/param-shapes.ts";
import type { ParamTree } from "../../src/tensor/params.ts";
import type { tf } from "../../src/tensor/tf.ts";
import type { RowTensors } from "../../src/train/classification/classification-loss.ts";
import type { LabelledRows } from "../../src/train/classification/labelled-rows.ts";
import type { Summed } from "../../src/train/update-step.ts";

/** What prediction needs of it. */
export interface PredictingNetwork {
  /** Of all that prediction needs, by the names on disk. */
  readonly shapes: ParamShapes;
  /** Bases of the longest sequence that it takes; absent is any. */
  readonly longest?: number;
  /** Logits [batch, classes] under all of `shapes`, inside a tidy. */
  logits(params: ParamTree, rows: RowTensors): tf.Tensor2D;
}

export interface FinetuneNetwork extends PredictingNetwork {
  /** Names of what is trained, in the network's order. */
  readonly tuned: readonly string[];
  /** All of `shapes` as training began. The network's: `dispose` frees them. */
  readonly start: ParamTree;
  readonly loss: Summed<LabelledRows>;
  /**
   * What prediction needs besides the trained and the frozen parameters, computed from them: statistics of batch norms.
   * The caller disposes it.
   */
  statistics(params: ParamTree): Promise<ParamTree>;
  dispose(): void;
}
