/** What fine-tuning minimises. */

import { classCrossEntropy } from "../../ops/class-cross-entropy.ts";
import type { ParamTree } from "../../tensor/params.ts";
import { tf } from "../../tensor/tf.ts";
import type { Summed } from "../update-step.ts";
import type { LabelledRows } from "./labelled-rows.ts";
import type { PaddedIds } from "./padded-rows.ts";

/** Rows as tensors; they belong to the tidy around. */
export interface RowTensors {
  /** [batch, length] int32 */
  readonly ids: tf.Tensor2D;
  readonly lengths: readonly number[];
}

/** Logits [batch, classes] as a function of the trained parameters; what they do not touch is computed at once. */
type TrainedLogits = (rows: RowTensors) => (params: ParamTree) => tf.Tensor2D;

/** Makes tensors of rows, in a tidy. */
export function rowTensors({ ids, batch, length, lengths }: PaddedIds): RowTensors {
  return { ids: tf.tensor2d(Int32Array.from(ids), [batch, length], "int32"), lengths };
}

/** The cross-entropy of the classes, divided by the weights of the sequences. */
export function classificationLoss(logitsOf: TrainedLogits): Summed<LabelledRows> {
  return {
    lossOf(rows) {
      const { batch, targets, weights } = rows;
      const logits = logitsOf(rowTensors(rows));
      return (params) =>
        classCrossEntropy(
          logits(params),
          tf.tensor2d(targets, [batch, targets.length / batch]),
          tf.tensor1d(weights),
        );
    },
    countOf: ({ weights }) => weights.reduce((sum, weight) => sum + weight, 0),
  };
}
