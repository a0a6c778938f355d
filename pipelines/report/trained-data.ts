/** The sequences that a fine-tuning run was trained on, read again for its report. */

import { GdiffError } from "../../src/errors.ts";
import { type OpenedLabelled, openLabelled } from "../finetune/open-labelled.ts";
import type { PipelineIo } from "../io.ts";
import type { LoadedClassifier } from "../load-classifier.ts";

/** Why they are not known, in a sentence, where they are not. */
export type TrainedData =
  | { readonly kind: "here"; readonly data: OpenedLabelled }
  | { readonly kind: "gone"; readonly reason: string };

/** Reads the sequences as training read them; those that are not the same by their digest are not them. */
export async function openTrainedData(
  { config, dataDigest }: Pick<LoadedClassifier, "config" | "dataDigest">,
  io: PipelineIo,
): Promise<TrainedData> {
  try {
    const data = await openLabelled(config.data, config.seed, io);
    if (data.digest === dataDigest) return { kind: "here", data };
  } catch (error) {
    if (!(error instanceof GdiffError)) throw error;
    return { kind: "gone", reason: error.message };
  }
  return { kind: "gone", reason: "they are not what they were when the run was trained" };
}
