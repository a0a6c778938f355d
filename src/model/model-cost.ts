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

/** Values of one block, in widths, that are alive at the end of a backward pass: 62 forward, and their gradients. */
const KEPT_WIDTHS_PER_BLOCK = 124;
/** Maps of [length, length] a head that are: scaled scores, scores, weights, and their gradients. */
const KEPT_MAPS_PER_HEAD = 6;

/**
 * Bytes of tensors that one training step needs, counted from the composites of ops/ and a gradient pass that frees
 * nothing before its end: old and new state, the gradient, and what a micro-batch of `batch` windows keeps.
 */
export function trainingBytes(
  config: DenoiserConfig,
  parameters: number,
  batch: number,
  length: number,
): number {
  const { width, layers, heads } = config;
  const state = 9 * parameters; // old and new state of four trees each while updating, and the gradient
  const kept =
    batch * length * layers * (KEPT_WIDTHS_PER_BLOCK * width + KEPT_MAPS_PER_HEAD * heads * length);
  return 4 * (state + kept);
}
