/** Answers that are not the file, by their status. */

import { RemoteError } from "../../errors.ts";
import type { HttpAnswer } from "./client.ts";
import { retryAfterMs } from "./retry-after.ts";
import { TransientFailure } from "./transient-failure.ts";

/** There is no such file on the server, or it does not let on that there is. */
export class RemoteMissing extends RemoteError {}

const PASSING: readonly number[] = [408, 425, 429, 500, 502, 503, 504];
const MISSING: readonly number[] = [404, 410];

/** The error for an answer that is not the file; drops its body. */
export function statusFailure(name: string, answer: HttpAnswer, nowMs: number): RemoteError {
  answer.discard();
  const { status } = answer;
  if (PASSING.includes(status)) {
    const asked = retryAfterMs(answer.header("retry-after"), nowMs);
    return new TransientFailure(`${name}: the server cannot answer now (status ${status})`, {
      ...(asked === undefined ? {} : { retryAfterMs: asked }),
    });
  }
  if (MISSING.includes(status)) {
    return new RemoteMissing(
      `${name}: no such file on the server (status ${status}; check the URL)`,
    );
  }
  if (status === 401 || status === 403) {
    return new RemoteMissing(
      `${name}: the server does not give this file (status ${status}; check the URL, and whether it has expired or needs a login)`,
    );
  }
  if (status === 407) {
    return new RemoteError(
      `${name}: the proxy wants a password (status 407; put it into HTTPS_PROXY: http://user:password@host:port)`,
    );
  }
  return new RemoteError(`${name}: expected the file, got status ${status} (check the URL)`);
}
