/** Size of a classifier, and which of its parameters are trained. */

import { ConfigError } from "../errors.ts";
import type { DenoiserConfig } from "./denoiser-config.ts";
import { type ParamShapes, paramShapes } from "./param-shapes.ts";

export const HEAD_KINDS = ["linear", "mlp"] as const;
export type HeadKind = (typeof HEAD_KINDS)[number];

export interface ClassifierConfig {
  readonly backbone: DenoiserConfig;
  readonly head: HeadKind;
  readonly classes: number;
}

/** What is trained: everything, the head alone, or the head, the last norm and the last `blocks` blocks. */
export type Tuned =
  | { readonly part: "all" }
  | { readonly part: "head" }
  | { readonly part: "last"; readonly blocks: number };

/** Parameters of the denoiser that a classifier has not. */
const isOfDenoiserHead = (name: string): boolean => name.startsWith("head.");

/**
 * Returns the shape of every parameter, the backbone's under its own names, in the order the network uses them.
 *
 * A linear head is `classify.weight`, `classify.bias`; an MLP has `classify.hidden.*` of the backbone's width before.
 */
export function classifierShapes({ backbone, head, classes }: ClassifierConfig): ParamShapes {
  const shared = Object.entries(paramShapes(backbone)).filter(([name]) => !isOfDenoiserHead(name));
  const { width } = backbone;
  return {
    ...Object.fromEntries(shared),
    ...(head === "mlp"
      ? { "classify.hidden.weight": [width, width], "classify.hidden.bias": [width] }
      : {}),
    "classify.weight": [classes, width],
    "classify.bias": [classes],
  };
}

/** First block that is trained; the number of blocks where none is. */
export function firstTunedBlock({ layers }: DenoiserConfig, tuned: Tuned): number {
  switch (tuned.part) {
    case "all":
      return 0;
    case "head":
      return layers;
    case "last":
      return layers - tuned.blocks;
    default:
      return tuned satisfies never;
  }
}

/**
 * Returns the names of the parameters that are trained, in the network's order.
 *
 * @throws {ConfigError} when more blocks shall be tuned than there are
 */
export function tunedNames(config: ClassifierConfig, tuned: Tuned): readonly string[] {
  const { layers } = config.backbone;
  if (tuned.part === "last" && tuned.blocks > layers) {
    throw new ConfigError(
      `expected --tune last:N with N of at most the ${layers} blocks of the network, got ${tuned.blocks} (--tune all tunes everything)`,
    );
  }
  const names = Object.keys(classifierShapes(config));
  if (tuned.part === "all") return names;
  const first = firstTunedBlock(config.backbone, tuned);
  return names.filter((name) => {
    if (name.startsWith("classify.")) return true;
    if (tuned.part === "head") return false;
    const block = /^blocks\.(\d+)\./.exec(name)?.[1];
    return block === undefined ? name.startsWith("norm.") : Number(block) >= first;
  });
}
