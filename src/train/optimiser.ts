/** One update of the whole state from its gradients: clip, AdamW, exponential average. */

import { type AdamWResult, type AdamWState, adamW } from "../ops/adamw.ts";
import { globalNorm } from "../ops/global-norm.ts";
import { type ParamTree, param } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import { disposeState, type TrainState } from "./train-state.ts";

export interface OptimiserOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly weightDecay: number;
  /** Names that decay applies to. */
  readonly isDecayed: (name: string) => boolean;
  /** Largest global norm of the gradient. */
  readonly clip: number;
  /** Largest decay of the average; early steps use (1 + n) / (10 + n) where that is smaller. */
  readonly emaDecay: number;
}

/** A summed gradient and what its mean is made with. */
export interface Gradient {
  readonly grads: ParamTree;
  /** The mean gradient is `grads` divided by it. */
  readonly divisor: number;
  /** Global norm of the mean gradient. */
  readonly norm: number;
}

/** Keeps the quotient finite at norm 0, as torch.nn.utils.clip_grad_norm_. */
const CLIP_EPSILON = 1e-6;

/** Returns the global norm of a tree. */
export async function treeNorm(tree: ParamTree): Promise<number> {
  const norm = globalNorm(tree);
  const [value = Number.NaN] = await norm.data();
  norm.dispose();
  return value;
}

/** The state after an update, and what tells whether it can be gone on from. */
export interface Updated {
  readonly state: TrainState;
  /** Global norm of the new parameters: not finite if any of them is not. */
  readonly parameterNorm: number;
}

/**
 * Makes one update. It consumes `state`, whose memory the next one takes where the backend can: whether this resolves
 * or rejects, its tensors are disposed. The gradients stay the caller's.
 *
 * @throws {ShapeError} before anything is consumed, when a tree lacks a parameter's name
 */
export async function update(
  state: TrainState,
  { grads, norm, divisor }: Gradient,
  learningRate: number,
  { beta1, beta2, weightDecay, isDecayed, clip, emaDecay }: OptimiserOptions,
): Promise<Updated> {
  const count = state.step + 1;
  const step = {
    learningRate,
    beta1,
    beta2,
    count,
    gradientScale: Math.min(1, clip / (norm + CLIP_EPSILON)) / divisor,
    emaDecay: Math.min(emaDecay, (1 + state.step) / (10 + state.step)),
  };
  const pairs = Object.keys(state.params).map((name) => ({
    name,
    from: parameterState(state, name),
    grad: param(grads, name),
  }));
  const results: [string, AdamWResult][] = [];
  try {
    for (const { name, from, grad } of pairs) {
      const decay = isDecayed(name) ? weightDecay : 0;
      results.push([name, adamW(from, grad, { ...step, weightDecay: decay })]);
    }
    const norms = await Promise.all(results.map(([, { norm }]) => norm.data()));
    const parameterNorm = Math.hypot(...norms.map(([value = Number.NaN]) => value));
    return { state: stateOf(count, results), parameterNorm };
  } catch (error) {
    for (const [, { param, mu, nu, ema }] of results) tf.dispose([param, mu, nu, ema]);
    throw error;
  } finally {
    for (const [, { norm }] of results) norm.dispose();
    disposeState(state);
  }
}

function parameterState({ params, mu, nu, ema }: TrainState, name: string): AdamWState {
  return {
    param: param(params, name),
    mu: param(mu, name),
    nu: param(nu, name),
    ema: param(ema, name),
  };
}

function stateOf(step: number, results: readonly (readonly [string, AdamWState])[]): TrainState {
  const tree = (field: keyof AdamWState): ParamTree =>
    Object.fromEntries(results.map(([name, result]) => [name, result[field]]));
  return { step, params: tree("param"), ema: tree("ema"), mu: tree("mu"), nu: tree("nu") };
}
