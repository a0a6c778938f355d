/** What the backbone of a run says of the arms: a vector a sequence. */

import { type SelectedBackend, selectBackend } from "../../src/backends/select-backend.ts";
import type { Arms } from "../../src/compare/arms.ts";
import type { ArmEmbeddings } from "../../src/compare/embedding.ts";
import { predictionBatches } from "../../src/data/labelled/length-buckets.ts";
import type { EmbeddingFacts } from "../../src/report/compare-record.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { sequenceFeatures } from "../../src/train/classification/sequence-features.ts";
import { loadBackbone } from "../embed/load-backbone.ts";
import type { PipelineIo } from "../io.ts";
import { turn } from "../stop.ts";
import type { CompareConfig } from "./options.ts";

/** Sequences of each arm, at most. */
const MOST_SEQUENCES = 2000;
/** Tokens of a forward pass. */
const TOKENS = 16_384;

export interface EmbeddedArms {
  readonly embeddings: ArmEmbeddings;
  readonly facts: EmbeddingFacts;
  readonly backend: SelectedBackend;
}

/**
 * Embeds the first sequences of each arm, which stand in an order drawn by chance.
 *
 * @throws {RunFolderError | CheckpointError} when the run is none, has no checkpoint or a damaged one, or no backbone
 */
export async function embedArms(
  config: CompareConfig,
  path: string,
  arms: Arms,
  io: PipelineIo,
): Promise<EmbeddedArms> {
  const run = await loadBackbone(path);
  for (const notice of run.notices) io.stderr(notice);
  const backend = await selectBackend(config.backend, config);
  io.stderr(backend.notice);
  const params = paramsFromArrays(run.weights);
  const size = Math.min(arms.generated.length, MOST_SEQUENCES);
  const ids = [arms.generated, arms.real, arms.reference].flatMap((arm) => arm.slice(0, size));
  try {
    const { forward } = await sequenceFeatures(params, run.config, ids, {
      batches: predictionBatches(
        ids.map(({ length }) => length),
        TOKENS,
      ),
      isBothStrands: false,
      turn: async (done) => {
        io.progress.update(done, ids.length, "sequences embedded");
        await turn(io.signal);
      },
    });
    const { width } = run.config;
    const arm = (place: number): Float32Array =>
      forward.subarray(place * size * width, (place + 1) * size * width);
    const { step, checkpointSha256 } = run;
    return {
      embeddings: { width, generated: arm(0), real: arm(1), reference: arm(2) },
      facts: { run: path, step, checkpointSha256, width, sequences: size },
      backend,
    };
  } finally {
    io.progress.finish();
    disposeParams(params);
  }
}
