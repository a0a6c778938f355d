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

/** What the operations of a block hold, in widths of its positions and in maps of [length, length] a head. */
export interface BlockMemory {
  /** Of the tensors made on the way forward. */
  readonly widths: number;
  readonly mapsPerHead: number;
  /** Of what is kept for the gradient. */
  readonly keptWidths: number;
  readonly keptMapsPerHead: number;
}

/** Composites of ops/: products, scores and weights of attention are maps. What is kept was measured on wasm, the most of all. */
export const COMPOSITE_MEMORY: BlockMemory = {
  widths: 62,
  mapsPerHead: 3,
  keptWidths: 90,
  keptMapsPerHead: 2,
};

/** Fused kernels of the native engine, measured in float32; bfloat16 keeps 7. */
export const FUSED_MEMORY: BlockMemory = {
  widths: 11,
  mapsPerHead: 0,
  keptWidths: 11,
  keptMapsPerHead: 0,
};

const FLOAT_BYTES = 4;

/** Bytes of tensors that a forward pass needs, a window: those of one block, which are freed before the next. */
export function forwardBytes(config: DenoiserConfig, length: number, block: BlockMemory): number {
  return blockBytes(config, length, block.widths, block.mapsPerHead);
}

/**
 * Bytes of tensors that one training step needs at most: the state, the gradient and a copy of the weights for it, what
 * all blocks of a micro-batch of `batch` windows keep, and what is computed of one of them. The pass back frees as it
 * goes, so it needs no more.
 */
export function trainingBytes(
  config: DenoiserConfig,
  parameters: number,
  batch: number,
  length: number,
  block: BlockMemory,
): number {
  const trees = 6; // four of the state
  const kept = blockBytes(config, length, block.keptWidths, block.keptMapsPerHead);
  const activations = config.layers * kept + forwardBytes(config, length, block);
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
