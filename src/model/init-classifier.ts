/** Initial parameters of a classifier. */

import { ShapeError } from "../errors.ts";
import { addressedRandom } from "../random/addressed.ts";
import { formatShape, type NamedArrays } from "../tensor/named-arrays.ts";
import { type ClassifierConfig, classifierShapes } from "./classifier-config.ts";
import { initDenoiser } from "./init-denoiser.ts";

/**
 * Returns the parameters that training begins with: those of a trained backbone, or fresh ones, and a head that says
 * every class is as likely (its last layer 0; a hidden layer U(±1/√width) as PyTorch's Linear).
 *
 * @param trained parameters of a denoiser with this backbone, whose own head is left out; without them the backbone is fresh
 * @throws {ShapeError} when `trained` lacks a parameter of the backbone, or has one of another shape
 */
export function initClassifier(
  config: ClassifierConfig,
  seed: number,
  trained?: NamedArrays,
): NamedArrays {
  const random = addressedRandom(seed, "classifierHead");
  const backbone = trained ?? initDenoiser(config.backbone, seed);
  const entries = Object.entries(classifierShapes(config)).map(([name, shape]) => {
    if (!name.startsWith("classify.")) return [name, parameterOf(backbone, name, shape)] as const;
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    if (name === "classify.hidden.weight") {
      const bound = 1 / Math.sqrt(config.backbone.width);
      for (let i = 0; i < data.length; i++) data[i] = (2 * random.uniform(0, 0, i) - 1) * bound;
    }
    return [name, { shape, data }] as const;
  });
  return Object.fromEntries(entries);
}

function parameterOf(
  backbone: NamedArrays,
  name: string,
  shape: readonly number[],
): NamedArrays[string] {
  const [found, expected] = [backbone[name], formatShape(shape)];
  const got = found === undefined ? "none" : formatShape(found.shape);
  if (found !== undefined && got === expected) return found;
  throw new ShapeError(
    `expected ${name} of the trained backbone to be ${expected}, got ${got}: its width and its layers must be the classifier's`,
  );
}
