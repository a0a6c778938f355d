/** Initial parameters of a classifier. */

import { addressedRandom } from "../random/addressed.ts";
import type { NamedArrays } from "../tensor/named-arrays.ts";
import { type ClassifierConfig, classifierShapes } from "./classifier-config.ts";
import { initDenoiser } from "./init-denoiser.ts";

/**
 * Returns the parameters that training begins with: those of a trained backbone, or fresh ones, and a head that says
 * every class is as likely (its last layer 0; a hidden layer U(±1/√width) as PyTorch's Linear).
 *
 * @param trained parameters of a denoiser with this backbone; without them the backbone is fresh
 */
export function initClassifier(
  config: ClassifierConfig,
  seed: number,
  trained?: NamedArrays,
): NamedArrays {
  const random = addressedRandom(seed, "classifierHead");
  const backbone = trained ?? initDenoiser(config.backbone, seed);
  const entries = Object.entries(classifierShapes(config)).map(([name, shape]) => {
    const known = backbone[name];
    if (known !== undefined) return [name, known] as const;
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    if (name === "classify.hidden.weight") {
      const bound = 1 / Math.sqrt(config.backbone.width);
      for (let i = 0; i < data.length; i++) data[i] = (2 * random.uniform(0, 0, i) - 1) * bound;
    }
    return [name, { shape, data }] as const;
  });
  return Object.fromEntries(entries);
}
