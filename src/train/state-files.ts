/** A training state as the files of a checkpoint, and back. */

import { CheckpointError } from "../errors.ts";
import { expectSameNames } from "../tensor/expect-same-names.ts";
import { findNonFinite } from "../tensor/find-non-finite.ts";
import type { NamedArrays } from "../tensor/named-arrays.ts";
import { paramsFromArrays, paramsToArrays } from "../tensor/params.ts";
import { decodeSafetensors, encodeSafetensors } from "../tensor/safetensors.ts";
import type { TrainState } from "./train-state.ts";

export type CheckpointFiles = Readonly<Record<string, Uint8Array>>;

/** Weights as trained; the name other tools look for. */
export const MODEL_FILE = "model.safetensors";
/** The exponential average, which evaluation and sampling use. */
export const EMA_FILE = "ema.safetensors";
const MOMENT_FILES = { mu: "optimizer.mu.safetensors", nu: "optimizer.nu.safetensors" } as const;

/** Returns the state's tensors as four safetensors files. */
export async function stateToFiles({
  step,
  params,
  ema,
  mu,
  nu,
}: TrainState): Promise<CheckpointFiles> {
  const metadata = { format: "pt", step: String(step) };
  const encode = async (tree: TrainState["params"]): Promise<Uint8Array> =>
    encodeSafetensors(await paramsToArrays(tree), metadata);
  return {
    [MODEL_FILE]: await encode(params),
    [EMA_FILE]: await encode(ema),
    [MOMENT_FILES.mu]: await encode(mu),
    [MOMENT_FILES.nu]: await encode(nu),
  };
}

/**
 * Returns the state that `files` hold; the caller disposes it.
 *
 * @param shapes of every parameter, in the network's order
 * @throws {CheckpointError} when a file is missing or its tensors are not the network's
 */
export function stateFromFiles(
  step: number,
  files: CheckpointFiles,
  shapes: Readonly<Record<string, readonly number[]>>,
  source: string,
): TrainState {
  const tree = (file: string): TrainState["params"] =>
    paramsFromArrays(arraysFromFile(files, file, shapes, source));
  return {
    step,
    params: tree(MODEL_FILE),
    ema: tree(EMA_FILE),
    mu: tree(MOMENT_FILES.mu),
    nu: tree(MOMENT_FILES.nu),
  };
}

/** Returns the arrays of one file in the network's order, checked against `shapes`. */
export function arraysFromFile(
  files: CheckpointFiles,
  file: string,
  shapes: Readonly<Record<string, readonly number[]>>,
  source: string,
): NamedArrays {
  const bytes = files[file];
  const where = `${source}/${file}`;
  if (bytes === undefined)
    throw new CheckpointError(`${where}: expected this file in the checkpoint, got none`);
  const { arrays } = decodeSafetensors(bytes, where);
  expectSameNames(arrays, shapes, where);
  const [broken] = findNonFinite(arrays);
  if (broken !== undefined) {
    throw new CheckpointError(
      `${where}: expected finite numbers, got ${broken.count} that are NaN or infinite in ${broken.name} ` +
        "(the run diverged before it was saved: start anew with a lower --lr)",
    );
  }
  // `shapes` gives the order: tensors on disk are sorted by name, and order decides the rounding of global sums.
  return Object.fromEntries(
    Object.keys(shapes).map((name) => [name, arrays[name] as NamedArrays[string]]),
  );
}
