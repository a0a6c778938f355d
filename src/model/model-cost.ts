/** What a denoiser costs, counted from its shapes. */

import type { DenoiserConfig } from "./denoiser-config.ts";
import { paramShapes } from "./param-shapes.ts";

/**
 * Floating-point operations of one forward pass, a position: two for each multiply-add of the matrices (the
 * embedding is a look-up) and of attention's two products over `length` keys.
 */
export function forwardFlops(config: DenoiserConfig, length: number): number {
  let multiplyAdds = 0;
  for (const [name, shape] of Object.entries(paramShapes(config))) {
    const [out, input] = shape;
    if (out !== undefined && input !== undefined && name !== "embed.weight")
      multiplyAdds += out * input;
  }
  const attention = 2 * config.layers * config.width * length;
  return 2 * (multiplyAdds + attention);
}

/** Training takes a forward pass and about twice its arithmetic backwards. */
export function trainingFlops(config: DenoiserConfig, length: number): number {
  return 3 * forwardFlops(config, length);
}

/** Values of one block, in widths, that its composites of ops/ make on the way forward. */
const WIDTHS_PER_BLOCK = 62;
/** Maps of [length, length] a head that they make: products, scores, weights. */
const MAPS_PER_HEAD = 3;

const FLOAT_BYTES = 4;

/** Bytes of tensors that a forward pass needs, a window: those of one block, which are freed before the next. */
export function forwardBytes({ width, heads }: DenoiserConfig, length: number): number {
  return FLOAT_BYTES * length * (WIDTHS_PER_BLOCK * width + MAPS_PER_HEAD * heads * length);
}

/**
 * Bytes of tensors that one training step needs: state, and what a micro-batch of `batch` windows keeps. The gradient
 * pass frees nothing before its end, so every block's values are there, and their gradients.
 */
export function trainingBytes(
  config: DenoiserConfig,
  parameters: number,
  batch: number,
  length: number,
): number {
  const state = 9 * parameters; // old and new state of four trees each while updating, and the gradient
  return FLOAT_BYTES * state + 2 * batch * config.layers * forwardBytes(config, length);
}
