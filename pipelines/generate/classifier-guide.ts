/** A fine-tuned run that guides generation: which are fit for it, and the denoiser that they make. */

import type { Denoise } from "../../src/diffusion/denoise.ts";
import { ConfigError } from "../../src/errors.ts";
import { networkClassGradient } from "../../src/model/network-class-gradient.ts";
import { type ClassifyingNetwork, networkClassify } from "../../src/model/network-classify.ts";
import { guidedByClassifier, guidedByGradient } from "../../src/sampling/classifier-guidance.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { BENCHMARK_CNN } from "../finetune/options.ts";
import { classifierConfig } from "../finetune/transformer-network.ts";
import { type LoadedClassifier, loadClassifier } from "../load-classifier.ts";
import type { LoadedRun } from "../load-run.ts";
import type { GuidanceOrder } from "./class-options.ts";
import type { GenerateConfig } from "./options.ts";

/** A classifier, and what it is to pull towards. */
export interface ClassifierGuide {
  readonly classifier: LoadedClassifier;
  /** The class, as the classifier counts it. */
  readonly label: number;
  readonly strength: number;
  readonly order: GuidanceOrder;
  readonly isBothStrands: boolean;
}

/**
 * Loads what guides the sequences of `config`; undefined where no classifier is asked for.
 *
 * @throws {ConfigError} when `run` is told classes itself, or the classifier is not one of hidden bases or has no such class
 * @throws {RunFolderError | CheckpointError} when the classifier cannot be loaded
 */
export async function loadGuide(
  { classifier: path, label, guidance, guidanceOrder, strand }: GenerateConfig,
  run: LoadedRun,
): Promise<ClassifierGuide | undefined> {
  if (path === undefined || label === undefined) return undefined; // options: neither without the other
  if (run.config.model.classes !== undefined) {
    throw new ConfigError(
      `expected a run that is told no classes with --classifier, got ${run.checkpoint}, which is told ${run.config.model.classes.join(", ")}: leave --classifier out, and --label tells it`,
    );
  }
  const classifier = await loadClassifier(path);
  expectOfHiddenBases(classifier, path);
  const place = classifier.classes.indexOf(label);
  if (place < 0) {
    throw new ConfigError(
      `expected --label to be one of ${classifier.classes.join(", ")}, the classes of ${path}, got ${label}`,
    );
  }
  return {
    ...{ classifier, label: place, strength: guidance ?? 1, order: guidanceOrder ?? "exact" },
    isBothStrands: strand === "average" || classifier.config.model.strand === "average",
  };
}

/** What a classifier says of rows with hidden bases means something only where it has seen such rows. */
function expectOfHiddenBases({ config }: LoadedClassifier, path: string): void {
  if (config.fromScratch === BENCHMARK_CNN) {
    throw new ConfigError(
      `expected a classifier that knows hidden bases with --classifier, got ${path} of ${BENCHMARK_CNN}, which has no MASK (gdiff finetune RUN --mask-share uniform makes one)`,
    );
  }
  if (config.train.maskShare !== "uniform") {
    throw new ConfigError(
      `expected a classifier trained with --mask-share uniform, got ${path}, trained with --mask-share ${config.train.maskShare}: what it says of rows that are mostly hidden means nothing (gdiff finetune RUN --mask-share uniform makes one)`,
    );
  }
}

/** A guide with its network in memory. */
export interface OpenGuide {
  guided(denoise: Denoise): Denoise;
  dispose(): void;
}

/** @param takeTurn called before each call of the classifier; a promise that rejects ends it */
export function openGuide(
  { classifier, label, strength, order, isBothStrands }: ClassifierGuide,
  takeTurn: () => Promise<void>,
): OpenGuide {
  const { config, classes, weights } = classifier;
  const params = paramsFromArrays(weights);
  const size = classifierConfig(config.model, classes.length);
  const network: ClassifyingNetwork = { params, config: size, isBothStrands };
  const guidance = { label, strength };
  const classify = networkClassify(network);
  const gradient = networkClassGradient(network);
  return {
    guided(denoise) {
      switch (order) {
        case "exact":
          return guidedByClassifier(
            denoise,
            async (ids, shape) => {
              await takeTurn();
              return classify(ids, shape);
            },
            guidance,
          );
        case "first":
          return guidedByGradient(
            denoise,
            async (ids, shape, of) => {
              await takeTurn();
              return gradient(ids, shape, of);
            },
            guidance,
          );
        default:
          return order satisfies never;
      }
    },
    dispose: () => disposeParams(params),
  };
}
