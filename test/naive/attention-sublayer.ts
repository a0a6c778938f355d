/** x + out(attention(rotary(qkv(layerNorm(x))))) in float64, composed of the naive operations. */

import { naiveAttention } from "./attention.ts";
import { naiveLayerNorm } from "./layer-norm.ts";
import { naiveLinear } from "./linear.ts";
import { naiveRotary } from "./rotary.ts";

export interface NaiveSublayer {
  /** [batch · length, width] */
  readonly x: ArrayLike<number>;
  /** [width] */
  readonly gain: ArrayLike<number>;
  /** [3 · width, width] */
  readonly qkv: ArrayLike<number>;
  /** [width, width] */
  readonly out: ArrayLike<number>;
}

export interface NaiveSublayerShape {
  readonly batch: number;
  readonly heads: number;
  readonly length: number;
  readonly headWidth: number;
  readonly lengths?: readonly number[];
}

/** @returns [batch · length, width] */
export function naiveAttentionSublayer(
  { x, gain, qkv, out }: NaiveSublayer,
  shape: NaiveSublayerShape,
): Float64Array {
  const { batch, heads, length, headWidth } = shape;
  const width = heads * headWidth;
  const projected = naiveLinear(naiveLayerNorm(x, gain), qkv, undefined, width);
  const parts = [0, 1, 2].map(() => new Float64Array(batch * length * width));
  const joined = new Float64Array(batch * length * width);
  const eachValue = (visit: (headMajor: number, row: number, column: number) => void): void => {
    let at = 0;
    for (let sequence = 0; sequence < batch; sequence++)
      for (let head = 0; head < heads; head++)
        for (let position = 0; position < length; position++)
          for (let i = 0; i < headWidth; i++)
            visit(at++, sequence * length + position, head * headWidth + i);
  };
  eachValue((at, row, column) => {
    for (const [part, values] of parts.entries())
      values[at] = projected[row * 3 * width + part * width + column] as number;
  });
  const [q, k, v] = parts as [Float64Array, Float64Array, Float64Array];
  const rotate = (values: Float64Array): Float64Array => naiveRotary(values, length, headWidth);
  const mixed = naiveAttention(rotate(q), rotate(k), v, shape);
  eachValue((at, row, column) => {
    joined[row * width + column] = mixed[at] as number;
  });
  const added = naiveLinear(joined, out, undefined, width);
  return added.map((value, i) => value + (x[i] as number));
}
