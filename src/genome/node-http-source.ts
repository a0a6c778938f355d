/** A file on a server as a byte source, with the index files beside it. */

import { setImmediate } from "node:timers";
import { FileError } from "../errors.ts";
import { type HttpClient, openHttpClient } from "../util/http/client.ts";
import { openRemoteFile, readRemoteFile } from "../util/http/remote-file.ts";
import { besideUrl, parseRemoteUrl, urlName } from "../util/http/remote-url.ts";
import { RETRY_POLICY, type RetryPolicy } from "../util/http/retry.ts";
import { RemoteMissing } from "../util/http/status-failure.ts";
import type { FoundIndex } from "./node-index-file.ts";
import type { OpenedSource } from "./node-open-source.ts";
import { type PagedSourceOptions, pagedSource } from "./paged-source.ts";

export interface HttpSourceOptions {
  /** Connects to servers; without it a client of its own with the environment's proxies, closed with the source. */
  readonly client?: HttpClient;
  /** Every request fails with its reason once it aborts. */
  readonly signal?: AbortSignal;
  /** Told before each wait for another try. */
  readonly notify?: (line: string) => void;
  readonly policy?: RetryPolicy;
  readonly paging?: Omit<PagedSourceOptions, "soon">;
}

/** What the first request asks for: tells the format, and holds the first contig's header. */
const HEAD_BYTES = 2 ** 14;

/**
 * Opens a file by its https URL, to be read in ranges; the caller closes the source.
 *
 * A file that changes on the server while it is read is an error, never a mixture.
 *
 * @throws {UsageError} when the URL is not https
 * @throws {RemoteError} when the server does not have the file, or does not send parts of it
 */
export async function openHttpSource(
  url: string,
  options: HttpSourceOptions = {},
): Promise<OpenedSource> {
  const { signal, notify, policy = RETRY_POLICY, paging } = options;
  const remote = parseRemoteUrl(url);
  const client = options.client ?? openHttpClient({ env: process.env });
  const over = new AbortController();
  const stop = (): void => over.abort(signal?.reason);
  if (signal?.aborted === true) stop();
  signal?.addEventListener("abort", stop);
  const close = async (): Promise<void> => {
    signal?.removeEventListener("abort", stop);
    over.abort(new FileError(`${urlName(remote)}: expected an open file, but it was closed`));
    if (options.client === undefined) await client.close();
  };
  const context = { policy, signal: over.signal, notify };
  try {
    const file = await openRemoteFile(client, remote, HEAD_BYTES, context);
    const pages = pagedSource(file.name, file.version.size, file.read, {
      ...paging,
      soon: setImmediate,
    });
    const source = {
      ...pages,
      close: async () => {
        await pages.close();
        await close();
      },
    };
    const readIndex = (suffix: string, maxBytes: number): Promise<FoundIndex | undefined> =>
      readRemoteFile(client, besideUrl(remote, suffix), maxBytes, context).then(
        (bytes) => ({ bytes }),
        (error: unknown) => {
          if (error instanceof RemoteMissing) return undefined;
          throw error;
        },
      );
    return { source, readIndex };
  } catch (cause) {
    await close();
    throw cause;
  }
}
