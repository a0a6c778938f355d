/** The size of a backbone as a layer of configuration. */

import type { ConfigLayer } from "../src/config/layer.ts";
import type { DenoiserConfig } from "../src/model/denoiser-config.ts";

const KEYS = [
  "width",
  "layers",
  "heads",
  "attention",
  "isToldNoise",
  "blockLength",
  "headWidth",
  "classes",
] as const satisfies readonly (keyof DenoiserConfig)[];

/** Keys that say it, dotted. */
export const BACKBONE_KEYS: readonly string[] = KEYS.map(dotted);

export function backboneLayer(model: DenoiserConfig): ConfigLayer {
  return new Map(KEYS.map((key) => [dotted(key), model[key]]));
}

function dotted(key: keyof DenoiserConfig): string {
  return `model.${key}`;
}
