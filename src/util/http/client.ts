/** GET over https, through the proxies that the environment names; redirects are followed as far as they may lead. */

import { type Dispatcher, EnvHttpProxyAgent, request } from "undici";
import { RemoteError } from "../../errors.ts";
import { bodyPieces } from "./body-pieces.ts";
import { connectionFailure } from "./connection-failure.ts";
import { publicLookup } from "./public-lookup.ts";
import { isGivenHost, redirectTarget, urlName } from "./remote-url.ts";
import { stalled, stallWatched, within } from "./stall-watch.ts";

export interface HttpClientOptions {
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are looked up, in either case. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** An answer of which nothing comes for so long is given up, milliseconds. */
  readonly stallMs?: number;
  /** Certificates to trust besides the usual ones, PEM. */
  readonly ca?: readonly string[];
}

/** Milliseconds. */
const STALL_MS = 30_000;
const MAX_REDIRECTS = 5;
/** At one server at a time. */
const MAX_CONNECTIONS = 8;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

export interface HttpAnswer {
  /** Where it came from, after redirects. */
  readonly url: URL;
  readonly status: number;
  /** A header by its lower-case name; the values of one sent twice are joined. */
  header(name: string): string | undefined;
  /** Reads what follows the headers, once. @throws {RemoteError} when it breaks off, a TransientFailure */
  readonly body: AsyncIterable<Uint8Array>;
  /** Drops what was not read of the body. */
  discard(): void;
}

export interface HttpClient {
  /**
   * Asks for `url`; the caller reads the body or discards it.
   *
   * @param at where an earlier answer about `url` came from, to be asked without the redirects
   * @throws {RemoteError} when there is no answer, or it leads where it may not; a TransientFailure when that may pass
   * @throws the signal's reason once it aborts
   */
  get(
    url: URL,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
    at?: URL,
  ): Promise<HttpAnswer>;
  /** Closes all connections. */
  close(): Promise<void>;
}

/** Opens a client; the caller closes it. */
export function openHttpClient({ env, stallMs = STALL_MS, ca }: HttpClientOptions): HttpClient {
  const tls = ca === undefined ? {} : { ca: [...ca] };
  const options = {
    connections: MAX_CONNECTIONS,
    // An empty string is "none"; without it undici asks the process's own environment.
    httpProxy: env.http_proxy || env.HTTP_PROXY || "",
    httpsProxy: env.https_proxy || env.HTTPS_PROXY || "",
    noProxy: env.no_proxy || env.NO_PROXY || "",
    headersTimeout: 0, // stall-watch.ts has the time
    bodyTimeout: 0,
    requestTls: tls,
    connect: { ...tls, timeout: stallMs },
  };
  const direct = new EnvHttpProxyAgent(options);
  const redirected = new EnvHttpProxyAgent({
    ...options,
    connect: { ...options.connect, lookup: publicLookup },
  });

  const getOne = async (
    url: URL,
    given: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<HttpAnswer> => {
    const name = urlName(given);
    const over = new AbortController();
    const giveUp = (): void => over.abort(stalled(name, stallMs));
    const pass = (): void => over.abort(signal?.reason); // AbortSignal.any would keep every request's signal alive
    signal?.throwIfAborted();
    signal?.addEventListener("abort", pass);
    const finish = (): void => signal?.removeEventListener("abort", pass);
    const failure = (cause: unknown): unknown => {
      finish();
      return over.signal.aborted ? over.signal.reason : connectionFailure(name, cause);
    };
    const response = await within(
      request(url, {
        dispatcher: isGivenHost(url, given) ? direct : redirected,
        headers: { ...headers, "accept-encoding": "identity", "user-agent": "gdiff" },
        signal: over.signal,
      }),
      stallMs,
      giveUp,
    ).catch((cause: unknown) => {
      throw failure(cause);
    });
    return answerOf(url, response, {
      pieces: stallWatched(bodyPieces(response.body), stallMs, giveUp),
      failure,
      finish,
    });
  };

  return {
    async get(given, headers, signal, at = given) {
      let url = at;
      for (let redirects = 0; ; redirects++) {
        const answer = await getOne(url, given, headers, signal);
        const location = answer.header("location");
        if (!REDIRECTS.includes(answer.status) || location === undefined) return answer;
        answer.discard();
        if (redirects === MAX_REDIRECTS) {
          throw new RemoteError(
            `${urlName(given)}: expected at most ${MAX_REDIRECTS} redirects, got more (does it redirect in a circle?)`,
          );
        }
        url = redirectTarget(location, url, given);
      }
    },
    close: async () => {
      await Promise.all([direct.destroy(), redirected.destroy()]);
    },
  };
}

interface Watched {
  readonly pieces: AsyncIterable<Uint8Array>;
  /** The error to throw for what the body failed with. */
  readonly failure: (cause: unknown) => unknown;
  /** Called once the body is done with. */
  readonly finish: () => void;
}

function answerOf(
  url: URL,
  { statusCode, headers, body }: Dispatcher.ResponseData,
  { pieces, failure, finish }: Watched,
): HttpAnswer {
  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      yield* pieces;
    } catch (cause) {
      throw failure(cause);
    } finally {
      finish();
    }
  }
  return {
    url,
    status: statusCode,
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    body: read(),
    discard: () => {
      finish();
      body.destroy();
    },
  };
}
