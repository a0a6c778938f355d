/**
 * A classifier of sequences: the backbone, the mean over real positions, and a head over the classes, as the Genomic
 * Benchmarks are fine-tuned (MDLM, arXiv:2406.07524, appendix D.7). No padding is pooled.
 */

import { gelu } from "../ops/gelu.ts";
import { linear } from "../ops/linear.ts";
import { meanPool } from "../ops/mean-pool.ts";
import { type ParamTree, param } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import { backbone, backbonePass, lowerBackbone, upperBackbone } from "./backbone.ts";
import { type ClassifierConfig, firstTunedBlock, type Tuned } from "./classifier-config.ts";
import type { DenoiserConfig } from "./denoiser-config.ts";

/** Rows of one length, padded on the right. */
export interface PaddedRows {
  /** [batch, length] int32; any id in the padding */
  readonly ids: tf.Tensor2D;
  /** Bases of each row, 1 … length. */
  readonly lengths: readonly number[];
}

/** One vector a sequence, [batch, width]: the mean of its positions' features. Runs inside a tidy. */
export function pooledFeatures(
  params: ParamTree,
  config: DenoiserConfig,
  { ids, lengths }: PaddedRows,
): tf.Tensor2D {
  return pool(backbone(params, config, ids, { lengths }), ids, lengths);
}

/** Logits [batch, classes] of padded rows. Runs inside a tidy. */
export function classifier(
  params: ParamTree,
  config: ClassifierConfig,
  rows: PaddedRows,
): tf.Tensor2D {
  return classifierHead(params, config, pooledFeatures(params, config.backbone, rows));
}

/**
 * Logits [batch, classes] of rows of one length whose ids are embedded already, [batch · length, width]; a gradient goes
 * through to these. Runs inside a tidy.
 */
export function embeddedClassifier(
  params: ParamTree,
  config: ClassifierConfig,
  embedded: tf.Tensor2D,
  [batch, length]: readonly [batch: number, length: number],
): tf.Tensor2D {
  const lengths = new Array<number>(batch).fill(length);
  const pass = backbonePass(params, config.backbone, [batch, length], { lengths });
  const features = upperBackbone(params, pass, tf.clone(embedded), 0);
  const pooled = meanPool(tf.reshape(features, [batch, length, -1]), lengths);
  return classifierHead(params, config, pooled);
}

/**
 * The same in two steps, for training a part: what the frozen parameters compute is computed now, outside of a tape;
 * the function returned goes on from there, and needs the tuned ones only.
 */
export function tunedClassifier(
  frozen: ParamTree,
  config: ClassifierConfig,
  tuned: Tuned,
  rows: PaddedRows,
): (params: ParamTree) => tf.Tensor2D {
  switch (tuned.part) {
    case "all":
      return (params) => classifier(params, config, rows);
    case "head": {
      const features = pooledFeatures(frozen, config.backbone, rows);
      return (params) => classifierHead(params, config, features);
    }
    case "last": {
      const { ids, lengths } = rows;
      const pass = backbonePass(frozen, config.backbone, ids.shape, { lengths });
      const first = firstTunedBlock(config.backbone, tuned);
      const lower = lowerBackbone(frozen, pass, ids, first);
      return (params) => {
        const features = upperBackbone(params, pass, tf.clone(lower), first);
        return classifierHead(params, config, pool(features, ids, lengths));
      };
    }
    default:
      return tuned satisfies never;
  }
}

function pool(features: tf.Tensor2D, ids: tf.Tensor2D, lengths: readonly number[]): tf.Tensor2D {
  const [batch, length] = ids.shape;
  return meanPool(tf.reshape(features, [batch, length, -1]), lengths);
}

/** Logits [batch, classes] of the vectors of sequences, [batch, width]. */
export function classifierHead(
  params: ParamTree,
  { head }: Pick<ClassifierConfig, "head">,
  features: tf.Tensor2D,
): tf.Tensor2D {
  if (head === "linear") return affine(params, "classify", features);
  return affine(params, "classify", gelu(affine(params, "classify.hidden", features)));
}

function affine(params: ParamTree, name: string, x: tf.Tensor2D): tf.Tensor2D {
  const weight = param(params, `${name}.weight`) as tf.Tensor2D;
  return linear(x, weight, param(params, `${name}.bias`) as tf.Tensor1D);
}
