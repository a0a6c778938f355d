/**
 * What the network is told besides its ids: the class of each row, or none, and how noisy the row is. Both are embedded, and every
 * block bends its norms and gates by an affine map of them (adaLN: MDLM's models/dit.py, and the label embedding of discrete
 * guidance, arXiv:2412.10193, its models/dit.py).
 */

import { embedding } from "../ops/embedding.ts";
import { linear } from "../ops/linear.ts";
import type { Modulation } from "../ops/modulate.ts";
import { silu } from "../ops/silu.ts";
import { type ParamTree, param } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import type { DenoiserConfig } from "./denoiser-config.ts";
import { noiseEmbedding } from "./noise-embedding.ts";

/** Features of a condition; MDLM's cond_dim. */
export const CONDITION_WIDTH = 128;

/** What is said of the rows. */
export interface Told {
  /** Class of each row; absent for none. */
  readonly labels?: readonly number[];
  /** [batch] total noise σ(t) of each row, nats; absent of clean rows. */
  readonly levels?: Float32Array;
}

/** Whether a network is told anything. */
export function isTold({ classes, isToldNoise = false }: DenoiserConfig): boolean {
  return classes !== undefined || isToldNoise;
}

/**
 * Returns the condition of each row, [batch, CONDITION_WIDTH]: silu of what it is embedded as, the sum over all that the network is told;
 * nothing of a network that is told nothing. It belongs to the tidy around.
 */
export function conditionOf(
  params: ParamTree,
  { classes, isToldNoise = false }: DenoiserConfig,
  batch: number,
  { labels, levels = new Float32Array(batch) }: Told,
): tf.Tensor2D | undefined {
  const parts: tf.Tensor2D[] = [];
  if (isToldNoise) parts.push(silu(noiseEmbedding(params, levels)));
  if (classes !== undefined) {
    // The embedding after those of the classes is that of no class.
    const rows = labels ?? new Array<number>(batch).fill(classes.length);
    const ids = tf.tensor2d(Int32Array.from(rows), [batch, 1], "int32");
    parts.push(silu(embedding(ids, param(params, "label.weight") as tf.Tensor2D)));
  }
  return parts.length === 0 ? undefined : tf.addN(parts);
}

/** Shift and scale of one norm, from `NAME.modulation`. */
export function modulationOf(params: ParamTree, name: string, condition: tf.Tensor2D): Modulation {
  const [shift, scale] = vectorsOf(params, name, condition, 2);
  return { shift: shift as tf.Tensor2D, scale: scale as tf.Tensor2D };
}

/** What a block makes of the condition. */
export interface BlockModulation {
  readonly attention: Modulation;
  /** [batch, width] */
  readonly attentionGate: tf.Tensor2D;
  readonly mlp: Modulation;
  /** [batch, width] */
  readonly mlpGate: tf.Tensor2D;
}

/** The six vectors of one block, from `NAME.modulation`, in MDLM's order. */
export function blockModulationOf(
  params: ParamTree,
  name: string,
  condition: tf.Tensor2D,
): BlockModulation {
  const vectors = vectorsOf(params, name, condition, 6);
  const [shift1, scale1, gate1, shift2, scale2, gate2] = vectors as [
    ...[tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D],
  ];
  return {
    attention: { shift: shift1, scale: scale1 },
    attentionGate: gate1,
    mlp: { shift: shift2, scale: scale2 },
    mlpGate: gate2,
  };
}

function vectorsOf(
  params: ParamTree,
  name: string,
  condition: tf.Tensor2D,
  count: number,
): readonly tf.Tensor2D[] {
  const weight = param(params, `${name}.modulation.weight`) as tf.Tensor2D;
  const bias = param(params, `${name}.modulation.bias`) as tf.Tensor1D;
  return tf.split(linear(condition, weight, bias), count, 1);
}
