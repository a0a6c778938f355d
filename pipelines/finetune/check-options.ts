/** Values of a fine-tuning configuration that must go together. */

import { ConfigError } from "../../src/errors.ts";
import { tunedNames } from "../../src/model/classifier-config.ts";
import { expectDenoiserConfig } from "../../src/model/denoiser-config.ts";
import type { RunFolderConfig } from "../shared-options.ts";
import type { ClassifierSection, FinetuneTrainConfig, LabelledDataConfig } from "./sections.ts";
import { tunedOf } from "./tune-type.ts";

interface CheckedConfig extends Pick<RunFolderConfig, "resume" | "out"> {
  readonly data: LabelledDataConfig;
  readonly model: ClassifierSection;
  readonly train: Pick<FinetuneTrainConfig, "maskShare">;
  /** What begins with fresh weights, if anything does. */
  readonly fromScratch?: string;
}

/**
 * @param cnn name of the network that is no transformer
 * @throws {ConfigError} naming what does not go together
 */
export function checkFinetune(
  { fromScratch, data, model, train, resume, out }: CheckedConfig,
  cnn: string,
): void {
  expectDenoiserConfig(model);
  expectOneSource(data);
  if (data.validShare + data.testShare >= 1) {
    throw new ConfigError(
      `expected --valid-share and --test-share to leave something to train on, got ${data.validShare} and ${data.testShare}`,
    );
  }
  if (fromScratch !== cnn)
    tunedNames({ backbone: model, head: model.head, classes: 2 }, tunedOf(model.tune));
  else if (train.maskShare !== 0) {
    throw new ConfigError(
      `expected --mask-share 0 with --from-scratch ${cnn}, which has no MASK, got ${train.maskShare}`,
    );
  }
  if (resume && out === undefined) {
    throw new ConfigError("expected --out with --resume, the run folder to go on with");
  }
}

function expectOneSource({ set, train, ...data }: LabelledDataConfig): void {
  if ((set === undefined) === (train === undefined)) {
    const got = set === undefined ? "neither" : `both: ${set} and ${train}`;
    throw new ConfigError(`expected --set NAME or --train FILE, got ${got}`);
  }
  const [given, other] =
    set === undefined
      ? (["--train", ["benchmarks", "genome", "fasta"]] as const)
      : (["--set", ["valid", "test", "sequenceColumn", "labelColumn", "groupColumn"]] as const);
  const stray = other.find((key) => data[key] !== undefined);
  if (stray !== undefined) {
    throw new ConfigError(
      `expected --${stray.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} without ${given}, got both`,
    );
  }
  if (data.groupColumn !== undefined && data.groups !== "none") {
    throw new ConfigError(
      `expected --groups or --group-column, got both: ${data.groups} and ${data.groupColumn}`,
    );
  }
  if (data.genome !== undefined && data.fasta !== undefined) {
    throw new ConfigError(
      `expected --genome or --fasta, got both: ${data.genome} and ${data.fasta}`,
    );
  }
}
