/** A file of 200,000 bytes on a fault server, a folder to download it to, and what must be there afterwards. */

import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { type DownloadOptions, download } from "../../../src/data/download/download.ts";
import type { FileFacts } from "../../../src/data/download/expected-file.ts";
import { type HttpClient, openHttpClient } from "../../../src/util/http/client.ts";
import { RETRY_POLICY } from "../../../src/util/http/retry.ts";
import {
  type FaultServer,
  type ServedFile,
  startFaultServer,
} from "../../support/http/fault-server.ts";

export const bytes: Uint8Array = Uint8Array.from(
  { length: 200_000 },
  (_, i) => (i * 31 + (i >> 8)) & 0xff,
);
export const file: ServedFile = {
  bytes,
  etag: '"v1"',
  lastModified: "Wed, 01 Jan 2025 00:00:00 GMT",
};

export function factsOf(content: Uint8Array): FileFacts {
  const digest = (name: string): string => createHash(name).update(content).digest("hex");
  return { bytes: content.length, sha256: digest("sha256"), md5: digest("md5") };
}

export interface DownloadFixture {
  server(): FaultServer;
  folder(): string;
  path(): string;
  url(): string;
  client(): HttpClient;
  /** Waits between tries and lines to the user, in order. */
  readonly told: string[];
  run(options?: Partial<DownloadOptions>): Promise<FileFacts>;
  /** Expects the folder to hold the file and nothing else. */
  expectWhole(content?: Uint8Array): void;
  /** Names in the folder. */
  names(): string[];
  message(promise: Promise<unknown>): Promise<string>;
}

export function downloadFixture(): DownloadFixture {
  let server: FaultServer;
  let client: HttpClient;
  let folder: string;
  const told: string[] = [];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "gdiff-download-"));
    server = await startFaultServer();
    server.files.set("/x.fa.gz", file);
    client = openHttpClient({ env: {}, stallMs: 1500 });
    told.length = 0;
  });
  afterEach(async () => {
    await client.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = (): string => join(folder, "x.fa.gz");
  const sleep = async (ms: number): Promise<void> => void told.push(`${ms} ms`);
  return {
    server: () => server,
    folder: () => folder,
    path,
    url: () => `${server.url}/x.fa.gz`,
    client: () => client,
    told,
    run: (options) =>
      download(`${server.url}/x.fa.gz`, path(), {
        client,
        policy: { ...RETRY_POLICY, random: () => 1, sleep },
        notify: (line) => told.push(line),
        ...options,
      }),
    names: () => readdirSync(folder).sort(),
    expectWhole(content = bytes) {
      expect(readdirSync(folder)).toEqual(["x.fa.gz"]);
      expect(Buffer.compare(readFileSync(path()), content)).toBe(0);
    },
    async message(promise) {
      const error: unknown = await promise.then(
        () => "it succeeded",
        (cause: unknown) => cause,
      );
      if (!(error instanceof Error)) throw new Error(`expected an Error, got ${String(error)}`);
      return `${error.name}: ${error.message}`;
    },
  };
}
