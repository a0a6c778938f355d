import { RemoteError } from "../../errors.ts";

/** A failure that may pass: the same request may succeed a little later. */
export class TransientFailure extends RemoteError {
  /** Milliseconds that the server asked to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: ErrorOptions & { readonly retryAfterMs?: number } = {}) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
}
