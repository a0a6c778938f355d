/** Counts what TensorFlow itself computes: the proof that a step ran there. */

import { BackendError } from "../../errors.ts";
import { tf } from "../../tensor/tf.ts";
import { firstLine } from "../../util/first-line.ts";

/** The package's add-on, as far as it is used here. */
interface TensorflowBinding {
  /** Version of libtensorflow, "2.9.1". */
  readonly TF_Version: string;
  executeOp(name: string, attributes: unknown, inputs: unknown, outputs: number): unknown;
}

/** The package's backend, as far as it is used here. */
export interface TensorflowBackend {
  binding: TensorflowBinding & { readonly runs?: ReadonlyMap<string, number> };
  readonly isUsingGpuDevice: boolean;
}

/** Puts a counter between the backend and its add-on, once. */
export function countOps(backend: TensorflowBackend): void {
  if (backend.binding.runs !== undefined) return;
  const { binding } = backend;
  const runs = new Map<string, number>();
  backend.binding = Object.create(binding, {
    runs: { value: runs },
    executeOp: {
      value: (name: string, ...rest: [unknown, unknown, number]) => {
        runs.set(name, (runs.get(name) ?? 0) + 1);
        try {
          return binding.executeOp(name, ...rest);
        } catch (error) {
          throw explained(error);
        }
      },
    },
  });
}

/** TensorFlow's own words, with what helps where its memory is full. */
function explained(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (!/\bOOM\b|RESOURCE_EXHAUSTED|ResourceExhausted/.test(message)) return error;
  return new BackendError(
    `TensorFlow has too little memory: ${firstLine(error)} (use a smaller --batch-size, when training with a larger ` +
      "--accumulate)",
    { cause: error },
  );
}

/** Operations that TensorFlow ran since it started, by its own names; undefined where it is not the backend in use. */
export function tensorflowRuns(): ReadonlyMap<string, number> | undefined {
  return tf.getBackend() === "tensorflow" ? runningBackend().binding.runs : undefined;
}

/** The backend `tensorflow`, which must be the one in use. */
export function runningBackend(): TensorflowBackend {
  const backend: unknown = tf.backend();
  return backend as TensorflowBackend;
}
