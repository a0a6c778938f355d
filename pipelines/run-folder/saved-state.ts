/** What a checkpoint says of the run that it belongs to: what makes the run the run it is, and what computed it. */

import { CheckpointError, ConfigError } from "../../src/errors.ts";
import type { Checkpoint } from "../../src/train/checkpoint/read-checkpoint.ts";
import { type Arithmetic, formatArithmetic } from "./arithmetic.ts";

/** File of a checkpoint that holds it. */
export const STATE_FILE = "state.json";

/** Keys and values that may not change between start and resumption, or draws and batches would not continue. */
export type Identity = Readonly<Record<string, string | number>>;

/**
 * Returns `state.json` of a checkpoint at `step`.
 *
 * @param more what a run goes on with besides its tensors, as JSON has it, under names of its own
 */
export function stateJson(
  step: number,
  run: Identity,
  arithmetic: Arithmetic,
  more: Readonly<Record<string, unknown>> = {},
): Uint8Array {
  const state = { step, run, arithmetic, ...more };
  return new TextEncoder().encode(`${JSON.stringify(state, undefined, 2)}\n`);
}

/**
 * Checks that a checkpoint belongs to the run that `identity` describes.
 *
 * @throws {ConfigError} naming each key that differs, with both values
 * @throws {CheckpointError} when the checkpoint has no readable state.json
 */
export function expectSameRun(checkpoint: Checkpoint, identity: Identity): void {
  const saved = savedIdentity(checkpoint);
  const dropped = Object.keys(saved).filter((key) => !(key in identity));
  const differences = [
    ...differencesFrom(checkpoint, identity),
    ...dropped.map((key) => `${key}: expected ${saved[key]}, got none`),
  ];
  if (differences.length > 0) {
    throw new ConfigError(
      `cannot go on from ${checkpoint.dir} with another run's settings: ${differences.join("; ")} ` +
        "(leave them as they were, or start anew with --init and another --out)",
    );
  }
}

/** One text a key whose value is not the checkpoint's: `model.width: expected 16, got 32`. */
export function differencesFrom(checkpoint: Checkpoint, wanted: Identity): string[] {
  const saved = savedIdentity(checkpoint);
  return Object.entries(wanted)
    .filter(([key, value]) => saved[key] !== value)
    .map(([key, value]) => `${key}: expected ${saved[key] ?? "none"}, got ${value}`);
}

/** @throws {CheckpointError} when the checkpoint has no readable state.json */
export function savedIdentity(checkpoint: Checkpoint): Identity {
  const run = savedPart(checkpoint, "run");
  if (run !== undefined) return run as Identity;
  throw new CheckpointError(
    `${checkpoint.dir}/${STATE_FILE}: expected JSON with a field "run", got none`,
  );
}

/** Returns what computed a checkpoint, as text; undefined where its state.json does not say. */
export function savedArithmetic(checkpoint: Checkpoint): string | undefined {
  const saved = savedPart(checkpoint, "arithmetic");
  return saved === undefined ? undefined : formatArithmetic(saved as Identity);
}

/** A field of state.json that is a mapping; undefined where it is not. */
export function savedPart(
  { files, dir }: Checkpoint,
  name: string,
): Readonly<Record<string, unknown>> | undefined {
  const bytes = files[STATE_FILE];
  try {
    const state: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof state !== "object" || state === null) return undefined;
    const part: unknown = Reflect.get(state, name);
    if (typeof part !== "object" || part === null) return undefined;
    return part as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new CheckpointError(`${dir}/${STATE_FILE}: expected JSON with a field "run"`, { cause });
  }
}
