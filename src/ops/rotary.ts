/** Rotary position embedding by halves: Su et al., arXiv:2104.09864, base 10,000, positions from 0. */

import { ROTARY } from "../tensor/fused/rotary.ts";
import { hasFused, runFused } from "../tensor/fused/run.ts";
import { tf } from "../tensor/tf.ts";

const BASE = 10_000;

/** Cosines and sines of one length, each [length, headWidth], and the map that swaps halves. */
export interface RotaryTables {
  readonly cos: tf.Tensor2D;
  readonly sin: tf.Tensor2D;
  /** [headWidth, headWidth]: (a, b) ↦ (−b, a) on the two halves of a row */
  readonly rotateHalf: tf.Tensor2D;
}

interface RotaryArrays {
  readonly length: number;
  readonly headWidth: number;
  readonly cos: Float32Array;
  readonly sin: Float32Array;
  readonly rotateHalf: Float32Array;
}

/** The arrays of the last call: a model asks for the same ones at every step. */
let latest: RotaryArrays | undefined;

/** Makes the tables; the caller disposes them (a tidy does). */
export function rotaryTables(length: number, headWidth: number): RotaryTables {
  if (latest?.length !== length || latest.headWidth !== headWidth)
    latest = rotaryArrays(length, headWidth);
  const { cos, sin, rotateHalf } = latest;
  return {
    cos: tf.tensor2d(cos, [length, headWidth]),
    sin: tf.tensor2d(sin, [length, headWidth]),
    rotateHalf: tf.tensor2d(rotateHalf, [headWidth, headWidth]),
  };
}

/** The tables of the positions from `position` on. */
export function tablesFrom({ cos, sin, rotateHalf }: RotaryTables, position: number): RotaryTables {
  const rest = (table: tf.Tensor2D): tf.Tensor2D => tf.slice2d(table, [position, 0], [-1, -1]);
  return { cos: rest(cos), sin: rest(sin), rotateHalf };
}

/** The tables of two copies of the same positions, one after the other. */
export function twiceTables({ cos, sin, rotateHalf }: RotaryTables): RotaryTables {
  const twice = (table: tf.Tensor2D): tf.Tensor2D => tf.concat2d([table, table], 0);
  return { cos: twice(cos), sin: twice(sin), rotateHalf };
}

/** Angles in float64, rounded once. */
function rotaryArrays(length: number, headWidth: number): RotaryArrays {
  const half = headWidth / 2;
  const cos = new Float32Array(length * headWidth);
  const sin = new Float32Array(length * headWidth);
  for (let position = 0; position < length; position++) {
    for (let i = 0; i < headWidth; i++) {
      const angle = position * BASE ** (-(i % half) / half);
      cos[position * headWidth + i] = Math.cos(angle);
      sin[position * headWidth + i] = Math.sin(angle);
    }
  }
  const rotateHalf = new Float32Array(headWidth * headWidth);
  for (let i = 0; i < half; i++) {
    rotateHalf[(half + i) * headWidth + i] = -1;
    rotateHalf[i * headWidth + half + i] = 1;
  }
  return { length, headWidth, cos, sin, rotateHalf };
}

/**
 * Rotates each row by its position: (a, b) ↦ (a cos − b sin, b cos + a sin).
 *
 * @param x [batch, heads, length, headWidth]
 * @returns the same shape
 */
export function rotary(x: tf.Tensor4D, { cos, sin, rotateHalf }: RotaryTables): tf.Tensor4D {
  if (hasFused(ROTARY))
    return runFused(ROTARY, { x, cos, sin }, { isBack: false })[0] as tf.Tensor4D;
  const headWidth = x.shape[3];
  const turned = tf.reshape(tf.matMul(tf.reshape(x, [-1, headWidth]), rotateHalf), x.shape);
  return tf.add(tf.mul(x, cos), tf.mul(turned, sin));
}
