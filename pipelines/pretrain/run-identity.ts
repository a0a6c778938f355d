/** What makes a pretraining run the run it is. A resumed one must agree, or its draws and batches would not continue. */

import { ConfigError } from "../../src/errors.ts";
import { BASE_COUNT } from "../../src/tokens/alphabet.ts";
import type { Checkpoint } from "../../src/train/checkpoint/read-checkpoint.ts";
import { objectiveOf } from "../objective-of.ts";
import { differencesFrom, type Identity, savedIdentity } from "../run-folder/saved-state.ts";
import { WINDOWS_DRAWN } from "../training-windows.ts";
import type { PretrainConfig } from "./options.ts";

/** Key of the data's digest. */
const DATA_KEY = "genome and regions (digest)";

/** Key of what a position sees; absent of a network that sees all, as of runs made before there was another. */
const ATTENTION_KEY = "model.attention";

/** Keys of whether the network is told noise, and of whether it reads rows one position late; absent where it does not. */
const TOLD_NOISE_KEY = "model.isToldNoise";
const SHIFTED_KEY = "model.isShifted";

/** Key of the columns of the head; absent of one a base. */
const HEAD_KEY = "model.headWidth";

/** Key of how window i is found; a run made by an older gdiff drew its windows otherwise, and would not continue. */
const WINDOWS_KEY = "windows (how they are drawn)";

/** Dotted keys and values that may not change between start and resumption; everything else may. */
export function pretrainIdentity(config: PretrainConfig, dataDigest: string): Identity {
  const { model, data, labelled, train, seed } = config;
  const { timeSteps } = objectiveOf(config).likelihood;
  return {
    ...modelIdentity(model),
    "data.length": data.length,
    "data.maxN": data.maxN,
    "data.maxSoftMasked": data.maxSoftMasked,
    "data.reverseComplement": data.reverseComplement,
    [WINDOWS_KEY]: WINDOWS_DRAWN,
    "train.batchSize × train.accumulate": train.batchSize * train.accumulate,
    "train.objective": train.objective,
    "train.noise": train.noise,
    "train.maskWarmup": train.maskWarmup,
    ...(train.timeSampling === "stratified" ? {} : { "train.timeSampling": train.timeSampling }),
    ...(timeSteps === undefined ? {} : { "train.timeSteps": timeSteps }),
    ...(train.randomLengthShare === 0
      ? {}
      : { "train.randomLengthShare": train.randomLengthShare }),
    ...(train.attentionAnnealing === 0
      ? {}
      : { "train.attentionAnnealing": train.attentionAnnealing }),
    ...(model.blockLength === undefined
      ? {}
      : {
          "train.maskFrom": train.maskFrom ?? "by the block",
          "train.maskTo": train.maskTo ?? 1,
        }),
    ...(model.classes === undefined ? {} : { "labelled.labelDropout": labelled.labelDropout }),
    seed,
    [DATA_KEY]: dataDigest,
  };
}

/** The network alone; one that is told nothing has no classes, and agrees with runs made before there were any. */
function modelIdentity({
  width,
  layers,
  heads,
  attention = "full",
  blockLength,
  classes,
  isShifted = false,
  isToldNoise = false,
  headWidth,
}: PretrainConfig["model"]): Identity {
  return {
    "model.width": width,
    "model.layers": layers,
    "model.heads": heads,
    ...(attention === "full" ? {} : { [ATTENTION_KEY]: attention }),
    ...(isShifted ? { [SHIFTED_KEY]: "yes" } : {}),
    ...(isToldNoise ? { [TOLD_NOISE_KEY]: "yes" } : {}),
    ...(blockLength === undefined ? {} : { "model.blockLength": blockLength }),
    ...(headWidth === undefined ? {} : { [HEAD_KEY]: headWidth }),
    ...(classes === undefined ? {} : { "model.classes": classes.join(",") }),
  };
}

/**
 * Checks that a checkpoint's weights belong to the network of `model`; their shapes do not tell the attention heads.
 *
 * @throws {ConfigError} naming each key that differs, with both values
 */
export function expectSameModel(checkpoint: Checkpoint, model: PretrainConfig["model"]): void {
  const saved = savedIdentity(checkpoint);
  const asked = modelIdentity(model);
  const { [ATTENTION_KEY]: _, [SHIFTED_KEY]: __, [HEAD_KEY]: ___, ...sizes } = asked;
  const differences = differencesFrom(checkpoint, sizes);
  for (const [key, absent] of [
    [ATTENTION_KEY, "full"],
    [SHIFTED_KEY, "no"],
    [HEAD_KEY, BASE_COUNT],
  ] as const) {
    const [expected, got] = [saved[key] ?? absent, asked[key] ?? absent];
    if (expected !== got) differences.push(`${key}: expected ${expected}, got ${got}`);
  }
  if (differences.length > 0) {
    throw new ConfigError(
      `the weights of ${checkpoint.dir} are another network's: ${differences.join("; ")} ` +
        "(set the model as it was when they were trained)",
    );
  }
}

/** Digest of the data that a checkpoint was trained on. */
export function savedDataDigest(checkpoint: Checkpoint): string {
  return String(savedIdentity(checkpoint)[DATA_KEY]);
}
