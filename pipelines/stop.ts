/** How a pipeline learns that it is to stop. Arithmetic and local reads never give the turn back by themselves. */

import { setImmediate } from "node:timers/promises";
import type { Denoise } from "../src/diffusion/denoise.ts";
import type { StopRequest } from "./io.ts";

/**
 * Lets pending signals in.
 *
 * @throws the signal's reason when it aborted
 */
export async function turn(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

/** Returns `denoise` with a turn before every call. */
export function withTurns(denoise: Denoise, takeTurn: () => Promise<void>): Denoise {
  return async (ids, shape) => {
    await takeTurn();
    return denoise(ids, shape);
  };
}

/** What an aborted signal asks for; a reason that is no StopRequest counts as an interruption. */
export function stopRequest(signal: AbortSignal): StopRequest | undefined {
  if (!signal.aborted) return undefined;
  const reason: unknown = signal.reason;
  const isRequest = typeof reason === "object" && reason !== null && "exitCode" in reason;
  return isRequest ? (reason as StopRequest) : { signal: "SIGINT", exitCode: 130 };
}
