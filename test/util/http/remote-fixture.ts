/** A file of 5,000 bytes on a fault server, and a client whose waits are written down instead of waited. */

import { afterEach, beforeEach, expect } from "vitest";
import { RemoteError } from "../../../src/errors.ts";
import { type HttpClient, openHttpClient } from "../../../src/util/http/client.ts";
import { RETRY_POLICY, type RetryContext } from "../../../src/util/http/retry.ts";
import {
  type FaultServer,
  type ServedFile,
  startFaultServer,
} from "../../support/http/fault-server.ts";

export const bytes: Uint8Array = Uint8Array.from(
  { length: 5_000 },
  (_, i) => (i * 31 + (i >> 8)) & 0xff,
);
export const file: ServedFile = {
  bytes,
  etag: '"v1"',
  lastModified: "Wed, 01 Jan 2025 00:00:00 GMT",
};

export interface RemoteFixture {
  server(): FaultServer;
  client(): HttpClient;
  /** Waits between tries so far, milliseconds. */
  readonly waits: number[];
  readonly context: RetryContext;
  url(path?: string): URL;
  /** The message of the RemoteError that a promise must fail with. */
  message(promise: Promise<unknown>): Promise<string>;
}

/** Starts a server that has the file at /x before each test of the calling file. */
export function remoteFixture(stallMs = 1500): RemoteFixture {
  let server: FaultServer;
  let client: HttpClient;
  const waits: number[] = [];
  beforeEach(async () => {
    server = await startFaultServer();
    server.files.set("/x", file);
    client = openHttpClient({ env: {}, stallMs });
    waits.length = 0;
  });
  afterEach(async () => {
    await client.close();
    await server.close();
  });
  const sleep = async (ms: number): Promise<void> => void waits.push(ms);
  return {
    server: () => server,
    client: () => client,
    waits,
    context: { policy: { ...RETRY_POLICY, random: () => 1, sleep } },
    url: (path = "/x") => new URL(`${server.url}${path}`),
    async message(promise) {
      const error: unknown = await promise.then(
        () => "it succeeded",
        (cause: unknown) => cause,
      );
      expect(error).toBeInstanceOf(RemoteError);
      return (error as Error).message;
    },
  };
}
