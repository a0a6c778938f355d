/** Backbone and denoiser in float64, composed of the naive operations. */

import { naiveAttention } from "./attention.ts";
import { naiveEmbedding } from "./embedding.ts";
import { naiveGelu } from "./gelu.ts";
import { naiveLayerNorm } from "./layer-norm.ts";
import { naiveLinear } from "./linear.ts";
import { naiveRotary } from "./rotary.ts";

export type NaiveParams = Readonly<Record<string, ArrayLike<number>>>;

export interface NaiveDenoiserShape {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly batch: number;
  readonly length: number;
  readonly lengths?: readonly number[];
}

/** @param ids [batch, length] @returns logits [batch, length, 4] */
export function naiveDenoiser(
  params: NaiveParams,
  ids: ArrayLike<number>,
  shape: NaiveDenoiserShape,
): Float64Array {
  const features = naiveBackbone(params, ids, shape);
  const [weight, bias] = ["head.weight", "head.bias"].map((name) => params[name]);
  return naiveLinear(features, weight as ArrayLike<number>, bias, shape.width);
}

/** @param ids [batch, length] @returns features [batch · length, width] */
export function naiveBackbone(
  params: NaiveParams,
  ids: ArrayLike<number>,
  shape: NaiveDenoiserShape,
): Float64Array {
  const { width, layers, heads, length } = shape;
  const headWidth = width / heads;
  const get = (name: string): ArrayLike<number> => params[name] as ArrayLike<number>;
  let x = naiveEmbedding(ids, get("embed.weight"), width);
  for (let layer = 0; layer < layers; layer++) {
    const name = `blocks.${layer}`;
    const normed = naiveLayerNorm(x, get(`${name}.norm1.weight`));
    const qkv = naiveLinear(normed, get(`${name}.qkv.weight`), undefined, width);
    const [q, k, v] = [0, 1, 2].map((part) => headsFirst(qkv, part, shape)) as Three;
    const mixed = naiveAttention(
      naiveRotary(q, length, headWidth),
      naiveRotary(k, length, headWidth),
      v,
      { ...shape, headWidth },
    );
    const joined = headsLast(mixed, shape);
    x = add(x, naiveLinear(joined, get(`${name}.out.weight`), undefined, width));
    const normed2 = naiveLayerNorm(x, get(`${name}.norm2.weight`));
    const up = naiveLinear(normed2, get(`${name}.up.weight`), get(`${name}.up.bias`), width);
    const down = get(`${name}.down.weight`);
    x = add(x, naiveLinear(naiveGelu(up), down, get(`${name}.down.bias`), 4 * width));
  }
  return naiveLayerNorm(x, get("norm.weight"));
}

type Three = [Float64Array, Float64Array, Float64Array];

function add(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + (b[i] as number));
}

/** Part 0, 1 or 2 of [batch · length, 3 · width] as [batch, heads, length, headWidth]. */
function headsFirst(
  qkv: Float64Array,
  part: number,
  { width, heads, batch, length }: NaiveDenoiserShape,
): Float64Array {
  const headWidth = width / heads;
  const out: number[] = [];
  for (let row = 0; row < batch; row++)
    for (let head = 0; head < heads; head++)
      for (let position = 0; position < length; position++)
        for (let i = 0; i < headWidth; i++)
          out.push(
            qkv[
              (row * length + position) * 3 * width + part * width + head * headWidth + i
            ] as number,
          );
  return Float64Array.from(out);
}

/** [batch, heads, length, headWidth] as [batch · length, width]. */
function headsLast(
  x: Float64Array,
  { width, heads, batch, length }: NaiveDenoiserShape,
): Float64Array {
  const headWidth = width / heads;
  const out: number[] = [];
  for (let row = 0; row < batch; row++)
    for (let position = 0; position < length; position++)
      for (let head = 0; head < heads; head++)
        for (let i = 0; i < headWidth; i++)
          out.push(x[((row * heads + head) * length + position) * headWidth + i] as number);
  return Float64Array.from(out);
}
