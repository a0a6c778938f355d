/** What makes a run the run it is. A resumed one must agree, or its draws and batches would not continue. */

import { CheckpointError, ConfigError } from "../../src/errors.ts";
import type { Checkpoint } from "../../src/train/checkpoint/read-checkpoint.ts";
import { WINDOWS_DRAWN } from "../training-windows.ts";
import { type Arithmetic, formatArithmetic } from "./arithmetic.ts";
import type { PretrainConfig } from "./options.ts";

/** File of a checkpoint that holds it. */
export const STATE_FILE = "state.json";

type Identity = Readonly<Record<string, string | number>>;

/** Key of the data's digest. */
const DATA_KEY = "genome and regions (digest)";

/** Key of how window i is found; a run made by an older gdiff drew its windows otherwise, and would not continue. */
const WINDOWS_KEY = "windows (how they are drawn)";

/** Dotted keys and values that may not change between start and resumption; everything else may. */
function identityOf({ model, data, train, seed }: PretrainConfig, dataDigest: string): Identity {
  return {
    "model.width": model.width,
    "model.layers": model.layers,
    "model.heads": model.heads,
    "data.length": data.length,
    "data.maxN": data.maxN,
    "data.maxSoftMasked": data.maxSoftMasked,
    "data.reverseComplement": data.reverseComplement,
    [WINDOWS_KEY]: WINDOWS_DRAWN,
    "train.batchSize × train.accumulate": train.batchSize * train.accumulate,
    "train.noise": train.noise,
    "train.maskWarmup": train.maskWarmup,
    seed,
    [DATA_KEY]: dataDigest,
  };
}

/** Returns `state.json` of a checkpoint at `step`. */
export function stateJson(
  step: number,
  config: PretrainConfig,
  dataDigest: string,
  arithmetic: Arithmetic,
): Uint8Array {
  const state = { step, run: identityOf(config, dataDigest), arithmetic };
  return new TextEncoder().encode(`${JSON.stringify(state, undefined, 2)}\n`);
}

/**
 * Checks that a checkpoint belongs to the run that `config` describes.
 *
 * @throws {ConfigError} naming each key that differs, with both values
 * @throws {CheckpointError} when the checkpoint has no readable state.json
 */
export function expectSameRun(
  checkpoint: Checkpoint,
  config: PretrainConfig,
  dataDigest: string,
): void {
  const differences = differencesFrom(checkpoint, identityOf(config, dataDigest));
  if (differences.length > 0) {
    throw new ConfigError(
      `cannot go on from ${checkpoint.dir} with another run's settings: ${differences.join("; ")} ` +
        "(leave them as they were, or start anew with --init and another --out)",
    );
  }
}

/**
 * Checks that a checkpoint's weights belong to the network of `model`; their shapes do not tell the heads.
 *
 * @throws {ConfigError} naming each key that differs, with both values
 */
export function expectSameModel(checkpoint: Checkpoint, model: PretrainConfig["model"]): void {
  const wanted = Object.fromEntries(
    Object.entries(model).map(([key, value]) => [`model.${key}`, value as number]),
  );
  const differences = differencesFrom(checkpoint, wanted);
  if (differences.length > 0) {
    throw new ConfigError(
      `the weights of ${checkpoint.dir} are another network's: ${differences.join("; ")} ` +
        "(set the model as it was when they were trained)",
    );
  }
}

/** Digest of the data that a checkpoint was trained on. */
export function savedDataDigest(checkpoint: Checkpoint): string {
  return String(readIdentity(checkpoint)[DATA_KEY]);
}

function differencesFrom(checkpoint: Checkpoint, wanted: Identity): string[] {
  const saved = readIdentity(checkpoint);
  return Object.entries(wanted)
    .filter(([key, value]) => saved[key] !== value)
    .map(([key, value]) => `${key}: expected ${saved[key] ?? "none"}, got ${value}`);
}

/** Returns what computed a checkpoint, as text; undefined where its state.json does not say. */
export function savedArithmetic(checkpoint: Checkpoint): string | undefined {
  const saved = readPart(checkpoint, "arithmetic");
  return saved === undefined ? undefined : formatArithmetic(saved);
}

function readIdentity(checkpoint: Checkpoint): Identity {
  const run = readPart(checkpoint, "run");
  if (run !== undefined) return run;
  throw new CheckpointError(
    `${checkpoint.dir}/${STATE_FILE}: expected JSON with a field "run", got none`,
  );
}

/** A field of state.json that is a mapping. */
function readPart({ files, dir }: Checkpoint, name: string): Identity | undefined {
  const bytes = files[STATE_FILE];
  try {
    const state: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof state !== "object" || state === null) return undefined;
    const part: unknown = Reflect.get(state, name);
    return typeof part === "object" && part !== null ? (part as Identity) : undefined;
  } catch (cause) {
    throw new CheckpointError(`${dir}/${STATE_FILE}: expected JSON with a field "run"`, { cause });
  }
}
