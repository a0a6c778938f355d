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

/** The same of what a block keeps for its gradient: measured on wasm, the most of all backends. */
const KEPT_WIDTHS_PER_BLOCK = 90;
const KEPT_MAPS_PER_HEAD = 2;

const FLOAT_BYTES = 4;

/** Bytes of tensors that a forward pass needs, a window: those of one block, which are freed before the next. */
export function forwardBytes(config: DenoiserConfig, length: number): number {
  return blockBytes(config, length, WIDTHS_PER_BLOCK, MAPS_PER_HEAD);
}

/**
 * Bytes of tensors that one training step needs at most: the state, the gradient and a copy of the weights for it, what
 * all blocks of a micro-batch of `batch` windows keep, and what is computed of one of them. The pass back frees as it
 * goes, so it needs no more. Fused kernels need a fraction.
 */
export function trainingBytes(
  config: DenoiserConfig,
  parameters: number,
  batch: number,
  length: number,
): number {
  const trees = 6; // four of the state
  const kept = blockBytes(config, length, KEPT_WIDTHS_PER_BLOCK, KEPT_MAPS_PER_HEAD);
  const activations = config.layers * kept + forwardBytes(config, length);
  return FLOAT_BYTES * trees * parameters + batch * activations;
}

function blockBytes(
  { width, heads }: DenoiserConfig,
  length: number,
  widths: number,
  mapsPerHead: number,
): number {
  return FLOAT_BYTES * length * (widths * width + mapsPerHead * heads * length);
}
