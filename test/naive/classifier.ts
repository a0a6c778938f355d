/** A classifier with a linear head in float64, one sequence at a time, so that there is no padding anywhere. */

import { type NaiveParams, naiveBackbone } from "./denoiser.ts";
import { naiveLinear } from "./linear.ts";
import { naiveMeanPool } from "./mean-pool.ts";

export interface NaiveBackboneSize {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
}

/** @returns features [length, width] */
export function naiveFeatures(
  params: NaiveParams,
  ids: Uint8Array,
  size: NaiveBackboneSize,
): Float64Array {
  return naiveBackbone(params, ids, { ...size, batch: 1, length: ids.length });
}

/** @returns their mean over positions [width] */
export function naivePooled(
  params: NaiveParams,
  ids: Uint8Array,
  size: NaiveBackboneSize,
): Float64Array {
  const features = naiveFeatures(params, ids, size);
  return naiveMeanPool(features, [ids.length], ids.length, size.width);
}

/** @returns logits [classes] */
export function naiveLogits(
  params: NaiveParams,
  ids: Uint8Array,
  size: NaiveBackboneSize,
): Float64Array {
  const [weight, bias] = ["classify.weight", "classify.bias"].map((name) => params[name]);
  const pooled = naivePooled(params, ids, size);
  return naiveLinear(pooled, weight as ArrayLike<number>, bias, size.width);
}

export function naiveSoftmaxOf(logits: Float64Array): Float64Array {
  const powers = logits.map(Math.exp);
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
