/** Switches to a backend that is registered, or fails: TensorFlow.js by itself goes on with another one. */

import { BackendError } from "../errors.ts";
import { tf } from "../tensor/tf.ts";
import type { BackendName } from "./backend-name.ts";

/** @throws {BackendError} when the backend does not start */
export async function useRegistered(name: BackendName): Promise<void> {
  const isThere = await tf.setBackend(name);
  if (isThere) await tf.ready();
  if (isThere && tf.getBackend() === name) return;
  throw new BackendError(
    `expected backend ${name} to start, but it did not (gdiff doctor lists what is here; --backend cpu always starts)`,
  );
}
