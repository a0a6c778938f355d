/** The Genomic Benchmarks' convolutional network, as a baseline in the same loop. */

import { cnnLogits, cnnTrainingLogits } from "../../src/model/benchmark-cnn.ts";
import {
  CNN_PADDING_ID,
  CNN_VOCAB_SIZE,
  type CnnConfig,
  cnnBufferShapes,
  cnnParamShapes,
} from "../../src/model/benchmark-cnn-shapes.ts";
import type { PaddedRows } from "../../src/model/classifier.ts";
import type { NamedArrays } from "../../src/tensor/named-arrays.ts";
import { disposeParams, type ParamTree, param, paramsFromArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { classificationLoss } from "../../src/train/classification/classification-loss.ts";
import type { ReadRows } from "../../src/train/classification/labelled-rows.ts";
import { paddedRows } from "../../src/train/classification/padded-rows.ts";
import type { FinetuneNetwork, PredictingNetwork } from "./network.ts";
import { logitsOfRows } from "./predict-part.ts";
import type { TrainingRows } from "./training-rows.ts";

/** Batches of training that the statistics of prediction are made of: the first counts 0.9^99 of the last. */
const STATISTICS_BATCHES = 100;

/** The network of sequences of at most `length` bases; the ReLUs are those of the benchmark's own package. */
export function cnnConfig(length: number, classes: number): CnnConfig {
  return { vocab: CNN_VOCAB_SIZE, length, classes, relu: "each" };
}

export function cnnPrediction(config: CnnConfig): PredictingNetwork {
  return {
    shapes: { ...cnnParamShapes(config), ...cnnBufferShapes() },
    longest: config.length,
    logits: (params, rows) => cnnLogits(params, params, config, idsOf(config, rows)),
  };
}

/**
 * Returns the network with copies of `weights`, parameters and statistics.
 *
 * Prediction normalises by running statistics over the first batches of training under the weights at hand, not over the
 * weights on the way to them: no state but parameters is trained.
 *
 * @param rows of training
 * @param valid token ids of the sequences that epochs are scored on
 */
export function cnnNetwork(
  config: CnnConfig,
  rows: TrainingRows,
  weights: NamedArrays,
  valid: readonly Uint8Array[],
): FinetuneNetwork {
  const start = paramsFromArrays(weights);
  const prediction = cnnPrediction(config);
  const trainIds = ({ ids }: ReadRows): tf.Tensor2D => idsOf(config, paddedRows(ids));
  return {
    ...prediction,
    tuned: Object.keys(cnnParamShapes(config)),
    start,
    passes: async () => ({
      loss: classificationLoss((batch) => {
        const ids = trainIds(batch);
        return (params) => cnnTrainingLogits(params, start, config, ids).logits;
      }),
      validLogits: (params, batch) => logitsOfRows(prediction, params, valid)(batch),
    }),
    async statistics(params) {
      const names = Object.keys(cnnBufferShapes());
      let running: ParamTree = Object.fromEntries(
        names.map((name) => [name, tf.clone(param(start, name))]),
      );
      for (const batch of batchesOf(rows, STATISTICS_BATCHES)) {
        const before = running;
        running = tf.tidy(() => {
          return { ...cnnTrainingLogits(params, before, config, trainIds(batch)).buffers };
        });
        disposeParams(before);
      }
      return running;
    },
    dispose: () => disposeParams(start),
  };
}

/** The first `count` batches of training. */
function* batchesOf(rows: TrainingRows, count: number): Generator<ReadRows> {
  let made = 0;
  for (let step = 0; made < count; step++) {
    for (const batch of rows.rowsOf(step)) {
      if (made++ < count) yield batch;
    }
  }
}

/** Ids [batch, config.length], the padding of each row in the network's own padding. */
function idsOf({ length }: CnnConfig, { ids, lengths }: PaddedRows): tf.Tensor2D {
  const [batch, longest] = ids.shape;
  const positions = tf.reshape(tf.range(0, longest, 1, "int32"), [1, longest]);
  const isReal = tf.less(positions, tf.tensor2d([...lengths], [batch, 1], "int32"));
  const marked = tf.where(isReal, ids, tf.fill([batch, longest], CNN_PADDING_ID, "int32"));
  return tf.pad(
    marked,
    [
      [0, 0],
      [0, length - longest],
    ],
    CNN_PADDING_ID,
  ) as tf.Tensor2D;
}
