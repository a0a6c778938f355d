/** Kernels as the backend runs them: counted, and without a trace when they fail. */

import { BackendError } from "../../errors.ts";
import type { tf } from "../../tensor/tf.ts";
import { isOutOfMemory } from "./memory/pool.ts";

type DataId = tf.TensorInfo["dataId"];

/** Where a kernel computes: in C++ (or nowhere, where it only counts references), or in TensorFlow.js' JavaScript. */
export type KernelKind = "native" | "fallback";

/** What the runs need of the memory. */
export interface Undo {
  /** Disposes a tensor that a failed kernel made. */
  readonly discard: (dataId: DataId) => void;
  /** Gives idle memory back. */
  readonly trim: () => void;
}

/** A kernel that runs now. */
interface Run {
  readonly made: DataId[];
  hasDonated: boolean;
}

export class KernelRuns {
  readonly counts: Readonly<Record<"native" | "fallback", Map<string, number>>> = {
    native: new Map<string, number>(),
    fallback: new Map<string, number>(),
  };
  /** Time in the kernels of each name, in those that they call too. */
  readonly milliseconds: Map<string, number> = new Map<string, number>();
  readonly #undo: Undo;
  #current: Run | undefined;

  constructor(undo: Undo) {
    this.#undo = undo;
  }

  /** Tells that the kernel that runs now, if one does, made a tensor. */
  noteMade(dataId: DataId): void {
    this.#current?.made.push(dataId);
  }

  /** Tells that the kernel that runs now writes over an input: it cannot be run again. */
  noteDonated(): void {
    if (this.#current !== undefined) this.#current.hasDonated = true;
  }

  /**
   * Runs a kernel. What a failed one made is disposed; one that found no memory to work in runs once more after idle
   * memory was given back.
   *
   * @param inputs for the message of a refusal
   * @throws {BackendError} when there is no memory
   */
  run<T>(kind: KernelKind, name: string, inputs: tf.NamedTensorInfoMap, kernel: () => T): T {
    const counts = this.counts[kind];
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const start = performance.now();
    try {
      return this.#runTwice(name, inputs, kernel);
    } finally {
      const before = this.milliseconds.get(name) ?? 0;
      this.milliseconds.set(name, before + performance.now() - start);
    }
  }

  #runTwice<T>(name: string, inputs: tf.NamedTensorInfoMap, kernel: () => T): T {
    const first: Run = { made: [], hasDonated: false };
    try {
      return this.#attempt(first, kernel);
    } catch (error) {
      if (!isOutOfMemory(error) && !isOutOfArrays(error)) throw error;
      this.#undo.trim();
      if (first.hasDonated) throw refusal(name, inputs, error);
    }
    try {
      return this.#attempt({ made: [], hasDonated: false }, kernel);
    } catch (error) {
      throw isOutOfMemory(error) || isOutOfArrays(error) ? refusal(name, inputs, error) : error;
    }
  }

  reset(): void {
    this.counts.native.clear();
    this.counts.fallback.clear();
    this.milliseconds.clear();
  }

  #attempt<T>(run: Run, kernel: () => T): T {
    const outer = this.#current;
    this.#current = run;
    try {
      return kernel();
    } catch (error) {
      for (const dataId of run.made) this.#undo.discard(dataId);
      throw error;
    } finally {
      this.#current = outer;
    }
  }
}

/** Whether JavaScript found no memory for an array, or none can be as long. */
function isOutOfArrays(error: unknown): boolean {
  return (
    error instanceof RangeError &&
    /^(Array buffer allocation failed|Invalid (typed array|array|array buffer) length)/.test(
      error.message,
    )
  );
}

function refusal(name: string, inputs: tf.NamedTensorInfoMap, cause: unknown): BackendError {
  const shapes = Object.entries(inputs)
    .flatMap(([input, tensor]) =>
      tensor === undefined || tensor === null ? [] : [`${input} [${tensor.shape.join(", ")}]`],
    )
    .join(", ");
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new BackendError(
    `expected memory for the kernel ${name} to work on ${shapes}, got none (${reason}): ` +
      "use a smaller --batch-size or --length, with --accumulate for the same step",
    { cause },
  );
}
