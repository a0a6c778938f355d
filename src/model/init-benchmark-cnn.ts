/** Initial parameters and running statistics of the benchmark's convolutional network. */

import { type AddressedRandom, addressedRandom } from "../random/addressed.ts";
import type { NamedArrays } from "../tensor/named-arrays.ts";
import { type CnnConfig, cnnBufferShapes, cnnParamShapes } from "./benchmark-cnn-shapes.ts";

/**
 * Returns what PyTorch's layers start with: the embedding N(0, 1), gains 1 and their biases 0, all other weights and
 * biases U(±1/√fan-in). The address of a value is (seed, place of its name in the network's order, place in the tensor).
 *
 * @throws {ConfigError} when the sequences are too short
 */
export function initCnn(
  config: CnnConfig,
  seed: number,
): { readonly params: NamedArrays; readonly buffers: NamedArrays } {
  const random = addressedRandom(seed, "parameters");
  const shapes = cnnParamShapes(config);
  const params = Object.entries(shapes).map(([name, shape], order) => {
    const data = new Float32Array(sizeOf(shape));
    const [layer = "", kind] = name.split(".");
    if (layer.startsWith("norm")) data.fill(kind === "weight" ? 1 : 0);
    else if (layer === "embed") {
      for (let i = 0; i < data.length; i++) data[i] = normal(random, order, i);
    } else {
      const bound =
        1 / Math.sqrt(sizeOf((shapes[`${layer}.weight`] as readonly number[]).slice(1)));
      for (let i = 0; i < data.length; i++) data[i] = (2 * random.uniform(order, 0, i) - 1) * bound;
    }
    return [name, { shape, data }] as const;
  });
  const buffers = Object.entries(cnnBufferShapes()).map(([name, shape]) => {
    const data = new Float32Array(sizeOf(shape)).fill(name.endsWith("variance") ? 1 : 0);
    return [name, { shape, data }] as const;
  });
  return { params: Object.fromEntries(params), buffers: Object.fromEntries(buffers) };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Box, Muller, Annals of Mathematical Statistics 29 (1958): of two uniforms, the address's steps 0 and 1. */
function normal(random: AddressedRandom, order: number, i: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.uniform(order, 0, i)));
  return radius * Math.cos(2 * Math.PI * random.uniform(order, 1, i));
}
