/** A step that could not be made: its batch is kept beside the run for a look. */

import { join } from "node:path";
import { TrainingError } from "../../src/errors.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";

/** The batch of a step as a file and a message have it. */
export interface FailedBatch {
  /** What the message says of it: `its batch`. */
  readonly what: string;
  /** Fields of the file, beside the step. */
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * Writes `failed-step-N.json` where training failed, and fails.
 *
 * @param error what ended the step; anything but a TrainingError is thrown as it is
 * @param step the update that was to be made, from 1 on
 * @throws {TrainingError} naming the file
 */
export async function endFailedStep(
  error: unknown,
  folder: string,
  step: number,
  batch: () => FailedBatch,
): Promise<never> {
  if (!(error instanceof TrainingError)) throw error;
  const { what, content } = batch();
  const path = join(folder, `failed-step-${step}.json`);
  const text = `${JSON.stringify({ step, ...content }, undefined, 1)}\n`;
  await writeFileAtomic(path, new TextEncoder().encode(text));
  throw new TrainingError(`${error.message}; ${what} in ${path}`, { cause: error });
}

/** Text of token ids, `?` for MASK. */
export function shownIds(ids: Uint8Array): string {
  return Array.from(ids, (id) => (id === MASK_ID ? "?" : decodeIds(Uint8Array.of(id)))).join("");
}
