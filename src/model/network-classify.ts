/** A trained classifier as the function that guidance takes. */

import type { ParamTree } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import { valuesOf } from "../tensor/values-of.ts";
import { reverseComplementIds } from "../tokens/complement.ts";
import { classifier } from "./classifier.ts";
import type { ClassifierConfig } from "./classifier-config.ts";
import { COMPOSITE_MEMORY, forwardBytes } from "./model-cost.ts";

/** A classifier and its weights, which the functions made of it neither copy nor dispose. */
export interface ClassifyingNetwork {
  readonly params: ParamTree;
  readonly config: ClassifierConfig;
  /** Whether the logits of both strands are averaged, at twice the cost. */
  readonly isBothStrands: boolean;
}

/** [batch, length] ids, all of one length, to log-probabilities [batch, classes], nats, both row-major. */
export type NetworkClassify = (
  ids: Uint8Array,
  shape: { readonly batch: number; readonly length: number },
) => Promise<Float64Array>;

/** Memory of one pass; a larger batch takes several, which changes no row. */
const PASS_BYTES = 2 ** 30;

export function networkClassify(network: ClassifyingNetwork): NetworkClassify {
  return async (ids, { length }) => {
    const logits = await logitsOf(network, ids, length);
    if (network.isBothStrands) {
      const reverse = await logitsOf(network, reverseRows(ids, length), length);
      for (const [i, logit] of reverse.entries()) logits[i] = ((logits[i] as number) + logit) / 2;
    }
    const { classes } = network.config;
    for (let at = 0; at < logits.length; at += classes) {
      const row = logits.subarray(at, at + classes);
      const most = Math.max(...row);
      const sum = row.reduce((total, logit) => total + Math.exp(logit - most), 0);
      for (const [i, logit] of row.entries()) row[i] = logit - most - Math.log(sum);
    }
    return logits;
  };
}

/** The reverse complement of every row, [batch, length]. */
export function reverseRows(ids: Uint8Array, length: number): Uint8Array {
  const reverse = new Uint8Array(ids.length);
  for (let at = 0; at < ids.length; at += length) {
    reverse.set(reverseComplementIds(ids.subarray(at, at + length)), at);
  }
  return reverse;
}

/** Ids of rows of one length as a tensor [batch, length]. */
export function rowsTensor(ids: Uint8Array, length: number): tf.Tensor2D {
  return tf.tensor2d(Int32Array.from(ids), [ids.length / length, length], "int32");
}

/** [batch, classes] */
async function logitsOf(
  { params, config }: ClassifyingNetwork,
  ids: Uint8Array,
  length: number,
): Promise<Float64Array> {
  const rowBytes = forwardBytes(config.backbone, length, COMPOSITE_MEMORY);
  const step = length * Math.max(1, Math.floor(PASS_BYTES / rowBytes));
  const logits = new Float64Array((ids.length / length) * config.classes);
  for (let at = 0; at < ids.length; at += step) {
    const part = ids.subarray(at, at + step);
    const lengths = new Array<number>(part.length / length).fill(length);
    const values = await valuesOf(() =>
      classifier(params, config, { ids: rowsTensor(part, length), lengths }),
    );
    logits.set(values, (at / length) * config.classes);
  }
  return logits;
}
