/**
 * How what a trained classifier says changes with its input. Its first layer is a product of one-hot ids [length, vocab] with
 * the embedding [vocab, width], so the gradient by those is the gradient by the embedded ids times the embedding.
 */

import { classCrossEntropy } from "../ops/class-cross-entropy.ts";
import { embedding } from "../ops/embedding.ts";
import { lossAndGrads } from "../tensor/backward.ts";
import { disposeParams, type ParamTree, param } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import { BASE_COUNT, VOCAB_SIZE } from "../tokens/alphabet.ts";
import { embeddedClassifier } from "./classifier.ts";
import { COMPOSITE_MEMORY, trainingBytes } from "./model-cost.ts";
import { type ClassifyingNetwork, reverseRows, rowsTensor } from "./network-classify.ts";

/** Gradient of log p(label | row) by the row's one-hot ids, [batch, length, vocab], nats; rows are of one length. */
export type NetworkClassGradient = (
  ids: Uint8Array,
  shape: { readonly batch: number; readonly length: number },
  label: number,
) => Promise<Float64Array>;

/** Memory of one pass forth and back; a larger batch takes several, which changes no row. */
const PASS_BYTES = 2 ** 30;

export function networkClassGradient(network: ClassifyingNetwork): NetworkClassGradient {
  const { params, config, isBothStrands } = network;
  return async (ids, { length }, label) => {
    const rowBytes = trainingBytes(
      config.backbone,
      0,
      isBothStrands ? 2 : 1,
      length,
      COMPOSITE_MEMORY,
    );
    const step = length * Math.max(1, Math.floor(PASS_BYTES / rowBytes));
    const table = (await param(params, "embed.weight").data()) as Float32Array;
    const gradient = new Float64Array(ids.length * VOCAB_SIZE);
    for (let at = 0; at < ids.length; at += step) {
      const part = ids.subarray(at, at + step);
      const { forward, reverse } = await embeddedGradients(network, part, length, label);
      const own = gradient.subarray(at * VOCAB_SIZE, (at + part.length) * VOCAB_SIZE);
      addOneHotGradient(own, forward, table, (place, id) => place * VOCAB_SIZE + id);
      if (reverse === undefined) continue;
      addOneHotGradient(own, reverse, table, (place, id) => {
        const mirrored = place - (place % length) + length - 1 - (place % length);
        return mirrored * VOCAB_SIZE + (id < BASE_COUNT ? BASE_COUNT - 1 - id : id);
      });
    }
    return gradient;
  };
}

/** Gradients of the sum of −log p(label | row) by the embedded ids of each strand that is read, [batch · length, width]. */
interface EmbeddedGradients {
  readonly forward: Float32Array;
  readonly reverse?: Float32Array;
}

async function embeddedGradients(
  { params, config, isBothStrands }: ClassifyingNetwork,
  ids: Uint8Array,
  length: number,
  label: number,
): Promise<EmbeddedGradients> {
  const batch = ids.length / length;
  const { loss, grads } = tf.tidy(() => {
    const embedded = (rows: Uint8Array): tf.Tensor2D =>
      embedding(rowsTensor(rows, length), param(params, "embed.weight") as tf.Tensor2D);
    const inputs: ParamTree = {
      forward: embedded(ids),
      ...(isBothStrands ? { reverse: embedded(reverseRows(ids, length)) } : {}),
    };
    const targets = tf.oneHot(tf.fill([batch], label, "int32"), config.classes) as tf.Tensor2D;
    const taken = lossAndGrads(inputs, (x) => {
      const logits = Object.keys(inputs).map((strand) =>
        embeddedClassifier(params, config, param(x, strand) as tf.Tensor2D, [batch, length]),
      );
      const [ahead, back] = logits as [tf.Tensor2D, tf.Tensor2D?];
      const mean = back === undefined ? ahead : (tf.div(tf.add(ahead, back), 2) as tf.Tensor2D);
      return classCrossEntropy(mean, tf.cast(targets, "float32"), tf.ones([batch]));
    });
    return { ...taken };
  });
  loss.dispose();
  try {
    const values = async (strand: string): Promise<Float32Array> =>
      (await param(grads, strand).data()) as Float32Array;
    const forward = await values("forward");
    return isBothStrands ? { forward, reverse: await values("reverse") } : { forward };
  } finally {
    disposeParams(grads);
  }
}

/** Subtracts `slopes` [places, width] times the table [vocab, width] from `gradient`, at the places that `at` says. */
function addOneHotGradient(
  gradient: Float64Array,
  slopes: Float32Array,
  table: Float32Array,
  at: (place: number, id: number) => number,
): void {
  const width = table.length / VOCAB_SIZE;
  for (let place = 0; place < slopes.length / width; place++) {
    for (let id = 0; id < VOCAB_SIZE; id++) {
      let sum = 0;
      for (let i = 0; i < width; i++) {
        sum += (slopes[place * width + i] as number) * (table[id * width + i] as number);
      }
      const to = at(place, id);
      gradient[to] = (gradient[to] as number) - sum;
    }
  }
}
