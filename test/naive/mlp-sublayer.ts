/** x + down(gelu(up(layerNorm(x)))) in float64. */

import { naiveGelu } from "./gelu.ts";
import { naiveLayerNorm } from "./layer-norm.ts";
import { naiveLinear } from "./linear.ts";

/** All as arrays in row-major order: x [rows, width], gain [width], up [hidden, width], … */
export interface NaiveMlp {
  readonly x: ArrayLike<number>;
  readonly gain: ArrayLike<number>;
  readonly up: ArrayLike<number>;
  readonly upBias: ArrayLike<number>;
  readonly down: ArrayLike<number>;
  readonly downBias: ArrayLike<number>;
}

/** @returns [rows, width] */
export function naiveMlpSublayer({ x, gain, up, upBias, down, downBias }: NaiveMlp): Float64Array {
  const hidden = naiveGelu(naiveLinear(naiveLayerNorm(x, gain), up, upBias, gain.length));
  const out = naiveLinear(hidden, down, downBias, upBias.length);
  return out.map((value, i) => value + (x[i] as number));
}
