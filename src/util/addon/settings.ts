/** Threads and instruction set of the add-on, as the environment asks for them. */

import { availableParallelism } from "node:os";
import { ConfigError } from "../../errors.ts";
import type { InstructionSet, SystemBinding } from "./system-binding.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that say how many threads, the first that is set. */
const THREADS = ["GDIFF_THREADS", "SLURM_CPUS_PER_TASK"] as const;

/**
 * Sets what the environment asks for, for the whole process.
 *
 * @throws {ConfigError} when a variable is not a number or not an instruction set of this processor
 */
export function applySettings(binding: SystemBinding, env: Environment): void {
  const threads = threadsFor(env, availableParallelism());
  const set = instructionSetFor(env, binding.instructionSets());
  if (set !== undefined) binding.setInstructionSet(set);
  binding.setThreads(threads);
}

/** Threads to use: as many as asked for, but never more than the processors that this process may use. */
export function threadsFor(env: Environment, processors: number): number {
  for (const name of THREADS) {
    const value = env[name];
    if (value === undefined || value === "") continue;
    const count = /^[1-9]\d{0,5}$/.test(value) ? Number(value) : undefined;
    if (count === undefined) {
      throw new ConfigError(
        `expected ${name} to be a positive integer, got ${JSON.stringify(value)} (unset it to use every processor)`,
      );
    }
    return Math.min(count, processors);
  }
  return processors;
}

/** The set that GDIFF_ISA names; undefined leaves the best one. */
export function instructionSetFor(
  env: Environment,
  sets: readonly InstructionSet[],
): string | undefined {
  const wanted = env.GDIFF_ISA;
  if (wanted === undefined || wanted === "") return undefined;
  const found = sets.find(({ name }) => name === wanted);
  if (found?.runsHere) return wanted;
  const here = sets.filter(({ runsHere }) => runsHere);
  const expected = found === undefined ? "one of" : "one that this processor has, one of";
  const names = (found === undefined ? sets : here).map(({ name }) => name).join(", ");
  throw new ConfigError(
    `expected GDIFF_ISA to be ${expected} ${names}, got ${JSON.stringify(wanted)} (unset it to take the best)`,
  );
}
