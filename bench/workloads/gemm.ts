/**
 * Products, float32 in and out: the four of one block of the transformer over all positions of a batch, or one of two
 * square matrices. The weights are the same at every step, as in a sampler, so that a backend may keep them packed.
 */

import { loadBinding } from "../../src/backends/native/load-binding.ts";
import { linear } from "../../src/ops/linear.ts";
import { param, paramsFromArrays } from "../../src/tensor/params.ts";
import type { tf } from "../../src/tensor/tf.ts";
import { median } from "../median.ts";
import type { BenchSettings } from "../settings.ts";
import { type CeilingMeter, ceilingMeter } from "./ceiling.ts";
import { norm, randomArray } from "./random-arrays.ts";
import { timed, type WorkloadKind } from "./workload.ts";

/** y [rows, out] = x [rows, in] · wᵀ, w [out, in]. */
export interface Product {
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** The products that the settings ask for. */
export function products({ size, batch, length, width }: BenchSettings): readonly Product[] {
  if (size !== undefined) return [{ rows: size, inputs: size, outputs: size }];
  const rows = batch * length;
  return [
    { rows, inputs: width, outputs: 3 * width },
    { rows, inputs: width, outputs: width },
    { rows, inputs: width, outputs: 4 * width },
    { rows, inputs: 4 * width, outputs: width },
  ];
}

const flopsOf = ({ rows, inputs, outputs }: Product): number => 2 * rows * inputs * outputs;
/** Each operand read once, the result written once, float32. */
const bytesOf = ({ rows, inputs, outputs }: Product): number =>
  4 * (rows * inputs + inputs * outputs + rows * outputs);

/** Values: the norm of each product. */
export const gemmKind: WorkloadKind = {
  mode: "gemm",
  inputs: async (settings) => {
    const arrays = products(settings).flatMap(({ rows, inputs, outputs }, i) => [
      [`x${i}`, randomArray([rows, inputs], 2 * i)] as const,
      [`w${i}`, randomArray([outputs, inputs], 2 * i + 1)] as const,
    ]);
    return Object.fromEntries(arrays);
  },
  open: (settings, inputs) => {
    const wanted = products(settings);
    const operands = paramsFromArrays(inputs);
    const run = async (i: number): Promise<tf.Tensor2D> =>
      linear(param(operands, `x${i}`) as tf.Tensor2D, param(operands, `w${i}`) as tf.Tensor2D);
    const flops = wanted.reduce((sum, product) => sum + flopsOf(product), 0);
    const seconds: number[] = [];
    const meter =
      settings.backend === "native"
        ? ceilingMeter(loadBinding(), settings.precision === "bf16")
        : undefined;
    return {
      parameters: 0,
      flops,
      step: async (index) => {
        const { total, values } = await multiplyAll(wanted, run);
        if (index >= settings.warmup) {
          seconds.push(total);
          meter?.sample();
        }
        return { seconds: total, values };
      },
      findings: () => (meter === undefined ? {} : shares(wanted, flops, seconds, meter)),
    };
  },
};

async function multiplyAll(
  wanted: readonly Product[],
  run: (i: number) => Promise<tf.Tensor2D>,
): Promise<{ total: number; values: number[] }> {
  let total = 0;
  const values: number[] = [];
  for (const i of wanted.keys()) {
    const { seconds, result } = await timed(() => run(i));
    total += seconds;
    values.push(norm(await result.data()));
    result.dispose();
  }
  return { total, values };
}

/** How far the products are from what the machine could do. */
function shares(
  wanted: readonly Product[],
  flops: number,
  seconds: readonly number[],
  meter: CeilingMeter,
): Readonly<Record<string, number>> {
  const { flopsPerSecond, bytesPerSecond } = meter.read();
  const least = wanted.reduce(
    (sum, product) =>
      sum + Math.max(flopsOf(product) / flopsPerSecond, bytesOf(product) / bytesPerSecond),
    0,
  );
  const fastest = flops / flopsPerSecond;
  const taken = median(seconds);
  return {
    ceilingGflops: flopsPerSecond / 1e9,
    copyGigabytesPerSecond: bytesPerSecond / 1e9,
    shareOfCeiling: fastest / taken,
    shareOfRoofline: least / taken,
  };
}
