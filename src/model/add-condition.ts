/** A trained network made one that is told more, classes or noise: at first it says what it said, whatever it is told. */

import { ShapeError } from "../errors.ts";
import type { NamedArray, NamedArrays } from "../tensor/named-arrays.ts";
import type { DenoiserConfig } from "./denoiser-config.ts";
import { initDenoiser } from "./init-denoiser.ts";

/** Which of a block's six vectors are gates. */
const GATES = [2, 5];

/**
 * Returns the weights of the network of `config`: those given, fresh embeddings of what the network was not told before, and where it
 * was told nothing modulations that change nothing, gates 1 and all else 0.
 *
 * @throws {ShapeError} when the weights lack one that the network has without being told anything
 */
export function addCondition(
  weights: NamedArrays,
  config: DenoiserConfig,
  seed: number,
): NamedArrays {
  const { width } = config;
  const isBent = Object.keys(weights).some((name) => name.includes(".modulation."));
  return Object.fromEntries(
    Object.entries(initDenoiser(config, seed)).map(([name, fresh]) => {
      const given = weights[name];
      if (given !== undefined) return [name, given] as const;
      if (isEmbedding(name)) return [name, isBent ? silent(name, fresh) : fresh] as const;
      if (!name.includes(".modulation."))
        throw new ShapeError(`expected the weights of ${name}, got none`);
      const data = Float32Array.from(fresh.data);
      if (name.startsWith("blocks.") && name.endsWith(".bias"))
        for (const gate of GATES) data.fill(1, gate * width, (gate + 1) * width);
      return [name, { ...fresh, data }] as const;
    }),
  );
}

/** Where there are modulations they would hear a new embedding, so it is 0; where all of them are 0 it must not be, or nothing could be learnt. */
function silent(name: string, fresh: NamedArray): NamedArray {
  if (name.startsWith("noise.in.")) return fresh;
  return { ...fresh, data: new Float32Array(fresh.data.length) };
}

/** Of what a network is told. */
function isEmbedding(name: string): boolean {
  return name.startsWith("label.") || name.startsWith("noise.");
}
