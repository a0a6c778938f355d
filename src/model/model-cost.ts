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

/** Values of one block that a backward pass keeps, in widths: norms, qkv, rotary, mixed, MLP and their products. */
const KEPT_WIDTHS_PER_BLOCK = 52;
/** Maps of [length, length] a head that a backward pass keeps: scores and weights. */
const KEPT_MAPS_PER_HEAD = 3;

/**
 * Bytes that one training step needs at most, roughly: parameters, average, two moments and gradients, and what a
 * forward pass of `batch` windows keeps for the backward one.
 */
export function trainingBytes(
  config: DenoiserConfig,
  parameters: number,
  batch: number,
  length: number,
): number {
  const { width, layers, heads } = config;
  const state = 6 * parameters;
  const kept =
    batch * length * layers * (KEPT_WIDTHS_PER_BLOCK * width + KEPT_MAPS_PER_HEAD * heads * length);
  return 4 * (state + kept);
}
