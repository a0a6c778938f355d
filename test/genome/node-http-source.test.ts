/** Genomes over HTTP: the same bases as from the disk, in few requests, or an error that says what to do. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Genome } from "../../src/genome/genome.ts";
import type { Interval } from "../../src/genome/interval.ts";
import { openHttpSource } from "../../src/genome/node-http-source.ts";
import { type OpenGenomeOptions, openGenome } from "../../src/genome/node-open-genome.ts";
import { type HttpClient, openHttpClient } from "../../src/util/http/client.ts";
import { RETRY_POLICY } from "../../src/util/http/retry.ts";
import { type FaultServer, startFaultServer } from "../support/http/fault-server.ts";
import * as faults from "../support/http/faults.ts";
import { bgzfFile } from "./bgzf-fixture.ts";
import { bytesOf, dice, failure, randomLetters, temporaryFile, wrapped } from "./fixtures.ts";

const roll = dice(11);
const TEXT = [30_000, 70_000, 200, 120_000]
  .map((length, i) => `>chr${i + 1}\n${wrapped(randomLetters(length, "ACGTNacgtn", roll), 60)}`)
  .join("");
const PACKED = { "x.fa": bytesOf(TEXT), "x.fa.gz": bgzfFile(TEXT, 3000) } as const;
type Name = keyof typeof PACKED;

let folder: string;
let server: FaultServer;
let client: HttpClient;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gdiff-http-"));
  for (const [name, bytes] of Object.entries(PACKED)) {
    writeFileSync(join(folder, name), bytes);
    await (await openGenome(join(folder, name))).genome.close(); // writes the indices
  }
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  server = await startFaultServer();
  for (const name of ["x.fa", "x.fa.fai", "x.fa.gz", "x.fa.gz.fai", "x.fa.gz.gzi"]) {
    server.files.set(`/${name}`, { bytes: readFileSync(join(folder, name)), etag: `"${name}"` });
  }
  client = openHttpClient({ env: {} });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

function options(): OpenGenomeOptions {
  const policy = { ...RETRY_POLICY, sleep: async () => {} };
  return { http: { client, policy } };
}

const openRemote = async (name: Name): Promise<Genome> =>
  (await openGenome(`${server.url}/${name}`, options())).genome;

function randomIntervals(genome: Genome, count: number, seed: number): Interval[] {
  const pick = dice(seed);
  return Array.from({ length: count }, () => {
    const contig = genome.contigs[pick(genome.contigs.length)] ?? { name: "", length: 0 };
    const start = pick(contig.length);
    return {
      contig: contig.name,
      start,
      end: start + 1 + pick(Math.min(2000, contig.length - start)),
    };
  });
}

const sent = (): number => server.log.reduce((sum, request) => sum + request.sent, 0);

describe.each<Name>(["x.fa", "x.fa.gz"])("%s on a server", (name) => {
  test("has the bases of the local file", async () => {
    const remote = await openRemote(name);
    const { genome: local } = await openGenome(join(folder, name));
    expect(remote.name).toBe(`${server.url}/${name}`);
    expect(remote.contigs).toEqual(local.contigs);
    const intervals = randomIntervals(local, 60, 3);
    const read = await Promise.all(intervals.map((interval) => remote.read(interval)));
    for (const [i, interval] of intervals.entries()) {
      expect(Buffer.compare(read[i] as Uint8Array, await local.read(interval))).toBe(0);
    }
  });

  test("is fetched once, in few requests, however it is read", async () => {
    const remote = await openRemote(name);
    for (const { name: contig, length } of remote.contigs) {
      for (let start = 0; start < length; start += 500) {
        await remote.read({ contig, start, end: Math.min(length, start + 500) });
      }
    }
    const files = [...server.files].filter(([path]) => path.startsWith(`/${name}`));
    const whole = files.reduce((sum, [, { bytes }]) => sum + bytes.length, 0);
    expect(sent()).toBeLessThan(whole + 40_000); // some first and last pages come twice
    expect(server.log.length).toBeLessThan(name === "x.fa" ? 16 : 12);
  });

  test.each([
    ["a reset connection", faults.resetAfter(10)],
    ["an overloaded server", faults.status(503, { "retry-after": "1" })],
    ["a short body", faults.shortBody],
  ])("survives every second answer being %s", async (_, fault) => {
    let count = 0;
    server.always = (exchange) =>
      exchange.range !== undefined && count++ % 2 === 0 ? fault(exchange) : exchange.serve();
    const remote = await openRemote(name);
    const { genome: local } = await openGenome(join(folder, name));
    for (const interval of randomIntervals(local, 20, 5)) {
      expect(await remote.read(interval)).toEqual(await local.read(interval));
    }
  });

  test("that changes is an error from then on, and what was read before stays right", async () => {
    const remote = await openRemote(name);
    const interval = { contig: "chr4", start: 60_000, end: 60_100 };
    server.files.set(`/${name}`, { bytes: PACKED[name], etag: '"other"' });
    expect(await failure(() => remote.read(interval))).toContain(
      `RemoteError: ${server.url}/${name}: the file changed on the server while it was read`,
    );
  });

  test("without its .fai is an error that says what to do, and is not downloaded", async () => {
    server.files.delete(`/${name}.fai`);
    expect(await failure(() => openRemote(name))).toBe(
      `RemoteError: ${server.url}/${name}.fai: expected this index beside ${server.url}/${name}, but the server does not have it: where the file is, "samtools faidx" makes it; or download the file and give its path`,
    );
    expect(sent()).toBeLessThan(40_000);
  });
});

test("a bgzip file without its .gzi is an error that says what to do", async () => {
  server.files.delete("/x.fa.gz.gzi");
  expect(await failure(() => openRemote("x.fa.gz"))).toContain(
    "/x.fa.gz.gzi: expected this index beside",
  );
  expect(sent()).toBeLessThan(20_000);
});

test("an index of another file is refused", async () => {
  const other = `>chr1\n${wrapped("A".repeat(1000), 60)}`;
  const path = temporaryFile("y.fa", other);
  await (await openGenome(path)).genome.close();
  server.files.set("/x.fa.fai", { bytes: readFileSync(`${path}.fai`), etag: '"y"' });
  expect(await failure(() => openRemote("x.fa"))).toMatch(
    /^IndexFileError: http:.*x\.fa\.fai: expected .*; it is on a server, so that is for its owner to do \(or download the file and give its path\)$/,
  );
});

test("plain gzip is refused with its remedy", async () => {
  const { gzipSync } = await import("node:zlib");
  server.files.set("/x.fa.gz", { bytes: gzipSync(TEXT), etag: '"gzip"' });
  expect(await failure(() => openRemote("x.fa.gz"))).toBe(
    `RemoteError: ${server.url}/x.fa.gz: plain gzip cannot be read in parts (download the file and give its path; where the file is, "gunzip" and "bgzip" make it readable in parts)`,
  );
});

test("a bit that flips on the way is caught by the block's CRC32, or harms nothing", async () => {
  const { genome: local } = await openGenome(join(folder, "x.fa.gz"));
  const interval = { contig: "chr4", start: 60_000, end: 60_100 };
  const bases = await local.read(interval);
  let caught = 0;
  for (let at = 0; at < 2 ** 14; at += 499) {
    server.always = undefined;
    const remote = await openRemote("x.fa.gz");
    server.always = faults.flipBit(at);
    const read = await remote.read(interval).catch((error: unknown) => error);
    if (read instanceof Uint8Array) expect(read).toEqual(bases);
    else caught++;
    if (!(read instanceof Uint8Array))
      expect(String(read)).toMatch(/^CompressionError|^IndexFileError/);
  }
  expect(caught).toBeGreaterThan(2);
});

test("an abort ends open reads with its reason", async () => {
  const stop = new AbortController();
  const reason = { signal: "SIGINT" };
  const { genome } = await openGenome(`${server.url}/x.fa`, { ...options(), signal: stop.signal });
  server.always = faults.silent;
  const reading = genome.read({ contig: "chr4", start: 60_000, end: 60_100 });
  setTimeout(() => stop.abort(reason), 20);
  await expect(reading).rejects.toBe(reason);
});

test("a client of its own is closed with the source", async () => {
  vi.stubEnv("NO_PROXY", "127.0.0.1");
  const { source } = await openHttpSource(`${server.url}/x.fa`);
  vi.unstubAllEnvs();
  expect(await source.read(0, 5)).toEqual(bytesOf(">chr1"));
  const pending = source.read(200_000, 5);
  await source.close();
  const closed = `FileError: ${server.url}/x.fa: expected an open file, but it was closed`;
  expect(await failure(() => pending)).toBe(closed);
  expect(await failure(() => source.read(100_000, 5))).toBe(closed);
});

test("a URL that is not https is a usage error", async () => {
  expect(await failure(() => openHttpSource("http://example.org/x.fa"))).toMatch(/^UsageError/);
});
