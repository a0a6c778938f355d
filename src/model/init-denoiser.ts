/** Initial parameters of the denoiser. */

import { addressedRandom } from "../random/addressed.ts";
import type { NamedArrays } from "../tensor/named-arrays.ts";
import type { DenoiserConfig } from "./denoiser-config.ts";
import { paramShapes } from "./param-shapes.ts";

/**
 * Returns fresh parameters: gains 1, biases and head 0, so that the first prediction is uniform (ln 4 nats a base);
 * what a condition does 0 too, so that every class begins as none; the embeddings U(±1/√width) as in MDLM's code, other matrices U(±1/√in) as PyTorch's Linear.
 *
 * The address of a value is (seed, place of its name in the network's order, place in the tensor).
 */
export function initDenoiser(config: DenoiserConfig, seed: number): NamedArrays {
  const random = addressedRandom(seed, "parameters");
  const entries = Object.entries(paramShapes(config)).map(([name, shape], order) => {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    const fanIn = shape[1];
    if (fanIn === undefined) data.fill(name.endsWith("bias") ? 0 : 1);
    else if (!isZero(name)) {
      const bound = 1 / Math.sqrt(fanIn);
      for (let i = 0; i < data.length; i++) data[i] = (2 * random.uniform(order, 0, i) - 1) * bound;
    }
    return [name, { shape, data }] as const;
  });
  return Object.fromEntries(entries);
}

/** The head, and what a condition does to a block. */
function isZero(name: string): boolean {
  return name.startsWith("head.") || name.includes(".modulation.");
}
