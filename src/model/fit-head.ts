/** A trained network's head for an objective that predicts MASK too, or no more: the bases' rows stay as they are. */

import type { NamedArray, NamedArrays } from "../tensor/named-arrays.ts";
import { type DenoiserConfig, headWidthOf } from "./denoiser-config.ts";

/** Returns the weights with a head as wide as that of `config`; a row that was not there is 0, as in a fresh head. */
export function fitHead(weights: NamedArrays, config: DenoiserConfig): NamedArrays {
  return Object.fromEntries(
    Object.entries(weights).map(([name, array]) => [
      name,
      name.startsWith("head.") ? fitRows(array, headWidthOf(config)) : array,
    ]),
  );
}

function fitRows(array: NamedArray, rows: number): NamedArray {
  const [before = 0, ...rest] = array.shape;
  if (before === rows) return array;
  const size = rest.reduce((product, length) => product * length, 1);
  const data = new Float32Array(rows * size);
  data.set(array.data.subarray(0, data.length));
  return { shape: [rows, ...rest], data };
}
