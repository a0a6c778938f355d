import { describe, expect, test } from "vitest";
import { RemoteError } from "../../../src/errors.ts";
import { RETRY_POLICY, type RetryPolicy, withRetries } from "../../../src/util/http/retry.ts";
import { retryAfterMs } from "../../../src/util/http/retry-after.ts";
import { TransientFailure } from "../../../src/util/http/transient-failure.ts";

/** A policy whose waits are written down instead of waited. */
function recorded(random = 1): { readonly policy: RetryPolicy; readonly waits: number[] } {
  const waits: number[] = [];
  const sleep = async (ms: number): Promise<void> => void waits.push(ms);
  return { policy: { ...RETRY_POLICY, random: () => random, sleep }, waits };
}

const fails = (failures: number, retryAfter?: number) => {
  let calls = 0;
  return async (): Promise<number> => {
    if (++calls > failures) return calls;
    throw new TransientFailure(`x: failure ${calls}`, {
      ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter }),
    });
  };
};

describe("withRetries", () => {
  test("waits twice as long each time, up to half a minute", async () => {
    const { policy, waits } = recorded();
    expect(await withRetries(fails(8), { policy })).toBe(9);
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  test("spreads each wait over its upper half", async () => {
    const { policy, waits } = recorded(0);
    await withRetries(fails(3), { policy });
    expect(waits).toEqual([250, 500, 1000]);
  });

  test("gives up after the last try and says how often it tried", async () => {
    const { policy, waits } = recorded();
    const result = withRetries(fails(9), { policy });
    await expect(result).rejects.toThrow("x: failure 9 (tried 9 times; try again later)");
    await expect(result).rejects.not.toBeInstanceOf(TransientFailure);
    expect(waits).toHaveLength(8);
    const once = withRetries(fails(1), { policy: { ...policy, retries: 0 } });
    await expect(once).rejects.toThrow("(tried once; try again later)");
  });

  test("counts anew after coming forward", async () => {
    const { policy, waits } = recorded();
    let calls = 0;
    await withRetries(
      async (cameForward) => {
        cameForward();
        if (++calls < 30) throw new TransientFailure("x");
      },
      { policy },
    );
    expect(waits).toEqual(Array(29).fill(500));
  });

  test("does not repeat what stays", async () => {
    const { policy, waits } = recorded();
    const lasting = (): Promise<never> => Promise.reject(new RemoteError("gone"));
    await expect(withRetries(lasting, { policy })).rejects.toThrow("gone");
    expect(waits).toEqual([]);
  });

  test("waits as long as the server asks, and no less than its own wait", async () => {
    const { policy, waits } = recorded();
    const lines: string[] = [];
    await withRetries(fails(2, 750), { policy, notify: (line) => lines.push(line) });
    expect(waits).toEqual([750, 1000]);
    expect(lines).toEqual([
      "x: failure 1: trying again in 0.8s",
      "x: failure 2: trying again in 1s",
    ]);
  });

  test("leaves a server alone that asks for more than five minutes", async () => {
    const { policy, waits } = recorded();
    await expect(withRetries(fails(1, 3_600_000), { policy })).rejects.toThrow(
      "x: failure 1; the server asks to come back in 1h: try again then",
    );
    expect(waits).toEqual([]);
  });

  test("ends with the signal's reason, also while it waits", async () => {
    const stop = new AbortController();
    const reason = { signal: "SIGINT" };
    const result = withRetries(fails(1), {
      policy: { ...RETRY_POLICY, firstWaitMs: 1e6, maxWaitMs: 1e6 },
      signal: stop.signal,
      notify: () => void setImmediate(() => stop.abort(reason)),
    });
    await expect(result).rejects.toBe(reason);
    await expect(withRetries(fails(0), { policy: RETRY_POLICY, signal: stop.signal })).rejects.toBe(
      reason,
    );
  });
});

test("Retry-After in seconds and as a date", () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 0);
  expect(retryAfterMs("120", now)).toBe(120_000);
  expect(retryAfterMs(" 0 ", now)).toBe(0);
  expect(retryAfterMs("Thu, 01 Jan 2026 12:01:30 GMT", now)).toBe(90_000);
  expect(retryAfterMs("Thursday, 01-Jan-26 12:01:30 GMT", now)).toBeUndefined();
  expect(retryAfterMs("Thu Jan  1 12:01:30 2026 GMT", now)).toBe(90_000);
  expect(retryAfterMs("Thu, 01 Jan 2026 11:00:00 GMT", now)).toBe(0);
  for (const header of [undefined, "", "soon", "-5", "1.5", "1e9", "99999999999", "Mon, no date"])
    expect(retryAfterMs(header, now), header).toBeUndefined();
});
