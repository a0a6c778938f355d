/** AdamW: Loshchilov, Hutter, arXiv:1711.05101, algorithm 2, in the order of PyTorch's torch.optim.AdamW. */

import { ShapeError } from "../errors.ts";
import { ADAMW } from "../tensor/fused/adamw.ts";
import { hasFused, runFused } from "../tensor/fused/run.ts";
import { formatShape } from "../tensor/named-arrays.ts";
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
  /** What the exponential average keeps of itself; the rest is the new parameter. */
  readonly emaDecay: number;
}

/** A parameter, its moments and its exponential average, all of one shape. */
export interface AdamWState {
  readonly param: tf.Tensor;
  readonly mu: tf.Tensor;
  readonly nu: tf.Tensor;
  readonly ema: tf.Tensor;
}

export interface AdamWResult extends AdamWState {
  /** Euclidean norm of the new parameter, a scalar: not finite if any of its values is not. */
  readonly norm: tf.Scalar;
}

const EPSILON = 1e-8;

/**
 * One update. It consumes `state`: the result is in its memory where the backend can, and its tensors are disposed. On
 * failure they are as they were, or disposed. The gradient stays the caller's, as does the result.
 *
 * @throws {ShapeError} when the five are not of one shape
 */
export function adamW(state: AdamWState, grad: tf.Tensor, step: AdamWStep): AdamWResult {
  expectOneShape({ ...state, grad });
  const result = tf.tidy(() =>
    hasFused(ADAMW) ? fused(state, grad, step) : composite(state, grad, step),
  );
  tf.dispose({ ...state });
  return result;
}

function expectOneShape({ param, ...others }: AdamWState & { readonly grad: tf.Tensor }): void {
  const expected = formatShape(param.shape);
  for (const [name, { shape }] of Object.entries(others)) {
    if (formatShape(shape) !== expected)
      throw new ShapeError(
        `adamW: expected ${name} to be ${expected} like param, got ${formatShape(shape)}`,
      );
  }
}

function fused(state: AdamWState, grad: tf.Tensor, step: AdamWStep): Tensors<AdamWResult> {
  const { gradientScale, beta1, beta2, emaDecay } = step;
  const { correction2, rate, decay } = factors(step);
  const [param, mu, nu, ema, norm] = runFused(
    ADAMW,
    { ...state, grad },
    { gradientScale, beta1, beta2, correction2, epsilon: EPSILON, rate, decay, emaDecay },
  ) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Scalar];
  return { param, mu, nu, ema, norm };
}

function composite(state: AdamWState, grad: tf.Tensor, step: AdamWStep): Tensors<AdamWResult> {
  const { gradientScale, beta1, beta2, emaDecay } = step;
  const { correction2, rate, decay } = factors(step);
  const g = tf.mul(grad, gradientScale);
  const mu = tf.add(tf.mul(state.mu, beta1), tf.mul(g, 1 - beta1));
  const nu = tf.add(tf.mul(state.nu, beta2), tf.mul(tf.square(g), 1 - beta2));
  const denominator = tf.add(tf.div(tf.sqrt(nu), correction2), EPSILON);
  const param = tf.sub(tf.mul(state.param, decay), tf.mul(tf.div(mu, denominator), rate));
  const ema = tf.add(tf.mul(state.ema, emaDecay), tf.mul(param, 1 - emaDecay));
  return { param, mu, nu, ema, norm: tf.sqrt(tf.sum(tf.square(param))) as tf.Scalar };
}

/** The same fields as a type that a tidy can return. */
type Tensors<T> = { [K in keyof T]: T[K] };

function factors({ learningRate, beta1, beta2, weightDecay, count }: AdamWStep): {
  readonly correction2: number;
  readonly rate: number;
  readonly decay: number;
} {
  return {
    correction2: Math.sqrt(1 - beta2 ** count),
    rate: learningRate / (1 - beta1 ** count),
    decay: 1 - learningRate * weightDecay,
  };
}
