/** AdamW: Loshchilov, Hutter, arXiv:1711.05101, algorithm 2, in the order of PyTorch's torch.optim.AdamW. */

import { tf } from "../tensor/tf.ts";

export interface AdamWStep {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Decoupled decay; 0 for norms and biases. */
  readonly weightDecay: number;
  /** Updates made including this one, from 1. */
  readonly count: number;
  /** What the gradient is multiplied by first: clipping. */
  readonly gradientScale: number;
}

export interface AdamWResult {
  readonly param: tf.Tensor;
  readonly mu: tf.Tensor;
  readonly nu: tf.Tensor;
}

const EPSILON = 1e-8;

/** One update of one parameter and its two moments, all of one shape; disposes nothing, the caller owns the result. */
export function adamW(
  param: tf.Tensor,
  grad: tf.Tensor,
  mu: tf.Tensor,
  nu: tf.Tensor,
  { learningRate, beta1, beta2, weightDecay, count, gradientScale }: AdamWStep,
): AdamWResult {
  const g = tf.mul(grad, gradientScale);
  const nextMu = tf.add(tf.mul(mu, beta1), tf.mul(g, 1 - beta1));
  const nextNu = tf.add(tf.mul(nu, beta2), tf.mul(tf.square(g), 1 - beta2));
  const correction2 = Math.sqrt(1 - beta2 ** count);
  const denominator = tf.add(tf.div(tf.sqrt(nextNu), correction2), EPSILON);
  const update = tf.mul(tf.div(nextMu, denominator), learningRate / (1 - beta1 ** count));
  const decayed = tf.mul(param, 1 - learningRate * weightDecay);
  return { param: tf.sub(decayed, update), mu: nextMu, nu: nextNu };
}
