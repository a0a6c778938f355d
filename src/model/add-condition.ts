/** A trained network that is told nothing, made one that is told classes: at first it says the same of every class. */

import { ShapeError } from "../errors.ts";
import type { NamedArrays } from "../tensor/named-arrays.ts";
import type { DenoiserConfig } from "./denoiser-config.ts";
import { initDenoiser } from "./init-denoiser.ts";

/** Which of a block's six vectors are gates. */
const GATES = [2, 5];

/**
 * Returns the weights of a network with `config.classes`: those given, fresh embeddings, and modulations that change nothing,
 * gates 1 and all else 0.
 *
 * @throws {ShapeError} when the weights lack one that the network has without classes
 */
export function addCondition(
  weights: NamedArrays,
  config: DenoiserConfig,
  seed: number,
): NamedArrays {
  const { width } = config;
  return Object.fromEntries(
    Object.entries(initDenoiser(config, seed)).map(([name, fresh]) => {
      if (name === "label.weight") return [name, fresh] as const;
      if (!name.includes(".modulation.")) {
        const given = weights[name];
        if (given === undefined) throw new ShapeError(`expected the weights of ${name}, got none`);
        return [name, given] as const;
      }
      const data = Float32Array.from(fresh.data);
      if (name.startsWith("blocks.") && name.endsWith(".bias"))
        for (const gate of GATES) data.fill(1, gate * width, (gate + 1) * width);
      return [name, { ...fresh, data }] as const;
    }),
  );
}
