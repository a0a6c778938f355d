/** Which values of a benchmark's configuration do not go together. */

import { ConfigError } from "../../src/errors.ts";
import { expectDenoiserConfig } from "../../src/model/denoiser-config.ts";
import { MODEL_NAMES, type ModelName, mainModel, YARDSTICK } from "./models.ts";
import type { BenchmarkConfig } from "./options.ts";

/** @throws {ConfigError} naming the first that is wrong */
export function checkBenchmark(config: BenchmarkConfig): void {
  const { data, model, run } = config;
  expectDenoiserConfig(model);
  if (data.genome !== undefined && data.fasta !== undefined) {
    throw new ConfigError(
      `expected --genome or --fasta, got both: ${data.genome} and ${data.fasta}`,
    );
  }
  if (data.validShare === 0 || data.validShare + data.testShare >= 1) {
    throw new ConfigError(
      `expected --valid-share above 0, and with --test-share below 1, got ${data.validShare} and ${data.testShare}`,
    );
  }
  const models = modelsOf(config);
  if (models.includes("tuned") && run === undefined) {
    throw new ConfigError("expected RUN, a pretrained run, with the model tuned, got none");
  }
  if (!models.includes(YARDSTICK) || mainModel(models) === undefined) {
    throw new ConfigError(
      `expected ${YARDSTICK} and a network among --models, got ${models.join(", ")}: a report says whether the one beats the other`,
    );
  }
}

/** The models of a benchmark, from weak to strong. */
export function modelsOf({
  models,
  run,
}: Pick<BenchmarkConfig, "models" | "run">): readonly ModelName[] {
  return MODEL_NAMES.filter((name) =>
    models === undefined ? name !== "tuned" || run !== undefined : models.includes(name),
  );
}
