/** What fine-tuning minimises. */

import { classCrossEntropy } from "../../ops/class-cross-entropy.ts";
import type { ParamTree } from "../../tensor/params.ts";
import { tf } from "../../tensor/tf.ts";
import type { Summed } from "../update-step.ts";
import type { LabelledRows, ReadRows } from "./labelled-rows.ts";

/** Logits [batch, classes] as a function of the trained parameters; what they do not touch is computed at once. */
export type TrainedLogits = (rows: ReadRows) => (params: ParamTree) => tf.Tensor2D;

/** The cross-entropy of the classes, divided by the weights of the sequences. */
export function classificationLoss(logitsOf: TrainedLogits): Summed<LabelledRows> {
  return {
    lossOf(rows) {
      const { targets, weights } = rows;
      const batch = weights.length;
      const logits = logitsOf(rows);
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
