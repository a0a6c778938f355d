/** One update of the whole state from its gradients: clip, AdamW, exponential average. */

import { adamW } from "../ops/adamw.ts";
import { globalNorm } from "../ops/global-norm.ts";
import { type ParamTree, param } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import type { TrainState } from "./train-state.ts";

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
  /** The mean gradient is `grads` divided by it: scored bases. */
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

/**
 * Returns the next state; disposes nothing, so a caller that keeps `state` on failure still has it.
 *
 */
export function update(
  state: TrainState,
  { grads, norm, divisor }: Gradient,
  learningRate: number,
  { beta1, beta2, weightDecay, isDecayed, clip, emaDecay }: OptimiserOptions,
): TrainState {
  const count = state.step + 1;
  const decay = Math.min(emaDecay, (1 + state.step) / (10 + state.step));
  const gradientScale = Math.min(1, clip / (norm + CLIP_EPSILON)) / divisor;
  const next = { params: {}, ema: {}, mu: {}, nu: {} } as Record<
    "params" | "ema" | "mu" | "nu",
    Record<string, tf.Tensor>
  >;
  for (const [name, value] of Object.entries(state.params)) {
    tf.tidy(() => {
      const step = {
        learningRate,
        beta1,
        beta2,
        weightDecay: isDecayed(name) ? weightDecay : 0,
        count,
        gradientScale,
      };
      const {
        param: updated,
        mu,
        nu,
      } = adamW(value, param(grads, name), param(state.mu, name), param(state.nu, name), step);
      const ema = tf.add(tf.mul(param(state.ema, name), decay), tf.mul(updated, 1 - decay));
      next.params[name] = tf.keep(updated);
      next.mu[name] = tf.keep(mu);
      next.nu[name] = tf.keep(nu);
      next.ema[name] = tf.keep(ema);
    });
  }
  return { step: count, ...next };
}
