/** Something that is timed again and again on the same inputs. */

import type { NamedArrays } from "../../src/tensor/named-arrays.ts";
import type { BenchSettings, RunSettings } from "../settings.ts";

export interface StepResult {
  readonly seconds: number;
  /** What it computed, in a few numbers that another program must also get; the first is the result's `value`. */
  readonly values: readonly number[];
}

export interface Workload {
  /** Numbers in the model's weights; 0 without a model. */
  readonly parameters: number;
  /** Floating-point operations of a step: two a multiply-add of the products. */
  readonly flops: number;
  /** Runs and times step `index` of warmup + steps. */
  step(index: number): Promise<StepResult>;
  /** What was found beside times, by name; after the last step. */
  findings(): Readonly<Record<string, number>>;
}

export interface WorkloadKind {
  /** As results call it. */
  readonly mode: string;
  /** The arrays that every program under comparison is given. */
  inputs(settings: BenchSettings): Promise<NamedArrays>;
  open(settings: RunSettings, inputs: NamedArrays): Workload;
}

/** Seconds that `run` takes, and its result. */
export async function timed<T>(run: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const start = performance.now();
  const result = await run();
  return { seconds: (performance.now() - start) / 1000, result };
}

/** The input `name`, which `inputs` always makes. */
export function inputArray(inputs: NamedArrays, name: string): NamedArrays[string] {
  const found = inputs[name];
  if (found === undefined) throw new RangeError(`internal: expected an input ${name}, got none`);
  return found;
}
