/** Names and shapes of the denoiser's parameters: the names on disk, in PyTorch's layout ([out, in]). */

import { VOCAB_SIZE } from "../tokens/alphabet.ts";
import { CONDITION_WIDTH, isTold } from "./condition.ts";
import { type DenoiserConfig, headWidthOf } from "./denoiser-config.ts";
import { WAVES } from "./noise-embedding.ts";

/** Hidden features of an MLP over the width. */
const MLP_RATIO = 4;

export type ParamShapes = Readonly<Record<string, readonly number[]>>;

/** Returns the shape of every parameter, in the order the network uses them. */
export function paramShapes(config: DenoiserConfig): ParamShapes {
  const { width, layers, classes, isToldNoise = false } = config;
  const shapes: Record<string, readonly number[]> = { "embed.weight": [VOCAB_SIZE, width] };
  const addModulation = (name: string, vectors: number): void => {
    if (!isTold(config)) return;
    shapes[`${name}.modulation.weight`] = [vectors * width, CONDITION_WIDTH];
    shapes[`${name}.modulation.bias`] = [vectors * width];
  };
  if (isToldNoise) {
    shapes["noise.in.weight"] = [CONDITION_WIDTH, WAVES];
    shapes["noise.in.bias"] = [CONDITION_WIDTH];
    shapes["noise.out.weight"] = [CONDITION_WIDTH, CONDITION_WIDTH];
    shapes["noise.out.bias"] = [CONDITION_WIDTH];
  }
  if (classes !== undefined) shapes["label.weight"] = [classes.length + 1, CONDITION_WIDTH]; // the last is no class
  for (let layer = 0; layer < layers; layer++) {
    const name = `blocks.${layer}`;
    addModulation(name, 6);
    shapes[`${name}.norm1.weight`] = [width];
    shapes[`${name}.qkv.weight`] = [3 * width, width];
    shapes[`${name}.out.weight`] = [width, width];
    shapes[`${name}.norm2.weight`] = [width];
    shapes[`${name}.up.weight`] = [MLP_RATIO * width, width];
    shapes[`${name}.up.bias`] = [MLP_RATIO * width];
    shapes[`${name}.down.weight`] = [width, MLP_RATIO * width];
    shapes[`${name}.down.bias`] = [width];
  }
  addModulation("norm", 2);
  shapes["norm.weight"] = [width];
  shapes["head.weight"] = [headWidthOf(config), width];
  shapes["head.bias"] = [headWidthOf(config)];
  return shapes;
}

/** Number of parameters. */
export function parameterCount(config: DenoiserConfig): number {
  return Object.values(paramShapes(config)).reduce(
    (sum, shape) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  );
}

/** Whether weight decay applies: to matrices, not to norms and biases. */
export function isDecayed(name: string): boolean {
  return name.endsWith(".weight") && !/norm\d?\.weight$/.test(name);
}
