/** Repeating what may pass, with waits that double. */

import { setTimeout } from "node:timers/promises";
import { RemoteError } from "../../errors.ts";
import { formatDuration } from "../format.ts";
import { TransientFailure } from "./transient-failure.ts";

export interface RetryPolicy {
  /** Tries after the first. */
  readonly retries: number;
  /** Milliseconds before the second try; each further wait is twice the one before. */
  readonly firstWaitMs: number;
  /** The longest wait by doubling, milliseconds. */
  readonly maxWaitMs: number;
  /** The longest wait that a server may ask for, milliseconds; one that asks for more is believed and left alone. */
  readonly maxRetryAfterMs: number;
  /** Uniform in [0, 1): spreads the waits of many clients over half of each wait. */
  readonly random: () => number;
  /** Time of day, milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** About a minute and a half of tries. */
export const RETRY_POLICY: RetryPolicy = {
  retries: 8,
  firstWaitMs: 500,
  maxWaitMs: 30_000,
  maxRetryAfterMs: 300_000,
  random: Math.random,
  now: Date.now,
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
};

export interface RetryContext {
  readonly policy: RetryPolicy;
  readonly signal?: AbortSignal | undefined;
  /** Told before each wait. */
  readonly notify?: ((line: string) => void) | undefined;
}

/**
 * Runs `attempt` until it succeeds or fails for good. Its argument, called, says that it came forward: the count of
 * tries begins anew.
 *
 * @throws {RemoteError} when all tries failed, or the server asks for a wait beyond the policy's
 * @throws the signal's reason once it aborts
 */
export async function withRetries<T>(
  attempt: (cameForward: () => void) => Promise<T>,
  { policy, signal, notify }: RetryContext,
): Promise<T> {
  for (let failures = 0; ; ) {
    signal?.throwIfAborted();
    try {
      return await attempt(() => {
        failures = 0;
      });
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof TransientFailure)) throw error;
      if (failures === policy.retries) throw gaveUp(error, failures + 1);
      const asked = error.retryAfterMs ?? 0;
      if (asked > policy.maxRetryAfterMs) throw askedTooMuch(error, asked);
      const wait = Math.max(asked, backOff(failures, policy));
      notify?.(`${error.message}: trying again in ${formatDuration(roundedMs(wait))}`);
      failures++;
      await policy.sleep(wait, signal).catch((cause: unknown) => {
        signal?.throwIfAborted();
        throw cause;
      });
    }
  }
}

function backOff(failures: number, policy: RetryPolicy): number {
  const wait = Math.min(policy.maxWaitMs, policy.firstWaitMs * 2 ** failures);
  return Math.round(wait * (0.5 + 0.5 * policy.random()));
}

function roundedMs(ms: number): number {
  return ms < 10_000 ? Math.ceil(ms / 100) * 100 : Math.ceil(ms / 1000) * 1000;
}

function gaveUp(error: TransientFailure, tries: number): RemoteError {
  const count = tries === 1 ? "once" : `${tries} times`;
  return new RemoteError(`${error.message} (tried ${count}; try again later)`, { cause: error });
}

function askedTooMuch(error: TransientFailure, ms: number): RemoteError {
  return new RemoteError(
    `${error.message}; the server asks to come back in ${formatDuration(roundedMs(ms))}: try again then`,
    { cause: error },
  );
}
