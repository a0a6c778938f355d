/** `gdiff data fetch` against a server that a manifest names, and copies of the genome in every packing. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runDataAdd } from "../../../pipelines/data/add/run.ts";
import { runDataFetch } from "../../../pipelines/data/fetch/run.ts";
import { runDataVerify } from "../../../pipelines/data/verify/run.ts";
import { openGenome } from "../../../src/genome/node-open-genome.ts";
import { type HttpClient, openHttpClient } from "../../../src/util/http/client.ts";
import { bgzfFile } from "../../genome/bgzf-fixture.ts";
import { bytesOf, failure, temporaryFile, textOf } from "../../genome/fixtures.ts";
import {
  CERTIFICATE,
  type FaultServer,
  startFaultServer,
} from "../../support/http/fault-server.ts";
import * as faults from "../../support/http/faults.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { dataFolder, put } from "./data-folder.ts";
import { A, A_MASKED, B, fastaText, toyManifest } from "./toy.ts";

const GOOD = fastaText({ chrA: A, chrB: B });
const PACKED = gzipSync(GOOD);
const FILES = ["toy.fa.gz", "toy.fa.gz.fai", "toy.fa.gz.gdiff.json", "toy.fa.gz.gzi"];
const digest = (name: string, content: Uint8Array): string =>
  createHash(name).update(content).digest("hex");

let server: FaultServer;
let client: HttpClient;

beforeEach(async () => {
  server = await startFaultServer({ tls: true });
  server.files.set("/toy.fa.gz", { bytes: PACKED, etag: '"1"' });
  client = openHttpClient({ env: {}, ca: [CERTIFICATE] });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

/** A data folder that knows the toy genome, published on the server as `content`. */
async function published(content: Uint8Array = PACKED): Promise<string> {
  const folder = dataFolder();
  const file = {
    url: `${server.url}/toy.fa.gz`,
    bytes: content.length,
    sha256: digest("sha256", content),
    md5: digest("md5", content),
    flavour: "plain",
  };
  const manifest = temporaryFile("toy.json", toyManifest({ file }));
  await runDataAdd({ manifest }, quietIo());
  return folder;
}

const names = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name !== "manifests")
    .sort();

async function expectGenome(folder: string): Promise<void> {
  expect(names(folder)).toEqual(FILES);
  const { genome, notices } = await openGenome(join(folder, "toy.fa.gz"));
  expect(notices).toEqual([]);
  for (const [contig, bases] of [
    ["chrA", A.replace("R", "N")],
    ["chrB", B],
  ] as const) {
    expect(textOf(await genome.read({ contig, start: 0, end: bases.length }))).toBe(bases);
  }
  await genome.close();
}

describe("from the publisher", () => {
  it("downloads, checks, writes as bgzip, indexes and remembers", async () => {
    const folder = await published();
    const io = quietIo();
    const summary = await runDataFetch({ genome: "t1", yes: true }, io, client);
    expect(summary).toMatchObject({
      isFetched: true,
      isPublished: true,
      genome: "toy",
      verified: 2,
    });
    expect(io.out.join("")).toContain("genome    toy, flavour plain");
    expect(io.lines[0]).toBe(`fetching ${server.url}/toy.fa.gz to ${folder}/toy.fa.gz`);
    await expectGenome(folder);
    expect(await runDataVerify({ genome: "toy" }, quietIo())).toMatchObject({ isPublished: true });
    expect(server.log).toHaveLength(1);
  });

  it("is verified, and not fetched, when it is there", async () => {
    const folder = await published();
    put(folder, "toy.fa", GOOD);
    const io = quietIo();
    expect(await runDataFetch({ genome: "toy", yes: false }, io, client)).toMatchObject({
      isFetched: false,
    });
    expect(io.lines[0]).toContain("toy.fa is there already: it is verified");
    expect(server.log).toEqual([]);
  });

  it("takes bgzip as it is", async () => {
    const bgzip = bgzfFile(GOOD, 99);
    const folder = await published(bgzip);
    server.files.set("/toy.fa.gz", { bytes: bgzip, etag: '"1"' });
    await runDataFetch({ genome: "toy", yes: true }, quietIo(), client);
    expect(readFileSync(join(folder, "toy.fa.gz"))).toEqual(Buffer.from(bgzip));
    await expectGenome(folder);
  });

  it.each([
    ["other bytes", gzipSync(fastaText({ chrA: A_MASKED, chrB: B }))],
    ["the same bases, packed otherwise", gzipSync(GOOD, { level: 1 })],
    ["nothing", new Uint8Array(0)],
  ])("refuses %s, and keeps nothing", async (_, content) => {
    const folder = await published();
    server.files.set("/toy.fa.gz", { bytes: content, etag: '"2"' });
    const fetching = () => runDataFetch({ genome: "toy", yes: true }, quietIo(), client);
    expect(await failure(fetching)).toMatch(
      /^VerificationError: https:.*it is not the file that was expected/,
    );
    expect(names(folder)).toEqual([]);
  });

  it("goes on after an interruption: of the download, and of what follows it", async () => {
    const folder = await published();
    const stop = new AbortController();
    const reason = { signal: "SIGTERM", exitCode: 75 };
    server.queue.push(async (exchange) => {
      await faults.stallAfter(50)(exchange);
      setTimeout(() => stop.abort(reason), 100);
    });
    const stopped = runDataFetch({ genome: "toy", yes: true }, quietIo(stop.signal), client);
    await expect(stopped).rejects.toMatchObject({
      name: "StoppedError",
      exitCode: 75,
      message: 'stopped by SIGTERM: "gdiff data fetch toy" goes on where it was',
    });
    expect(names(folder)).toEqual(["toy.fa.gz.download.part", "toy.fa.gz.download.part.json"]);
    await runDataFetch({ genome: "toy", yes: true }, quietIo(), client);
    expect(server.log[1]?.range).toBe("bytes=50-");
    await expectGenome(folder);

    const other = await published();
    put(other, "toy.fa.gz.download", PACKED); // complete, but nothing came after it
    await runDataFetch({ genome: "toy", yes: true }, quietIo(), client);
    expect(server.log).toHaveLength(2);
    await expectGenome(other);
    const damaged = await published();
    put(damaged, "toy.fa.gz.download", PACKED.subarray(1)); // neither whole nor right
    put(damaged, "toy.fa.gz.fai", "of an older file");
    await runDataFetch({ genome: "toy", yes: true }, quietIo(), client);
    expect(server.log).toHaveLength(3);
    await expectGenome(damaged);
  });

  it("that is stopped says how to go on with a copy, as a shell takes it", async () => {
    await published();
    server.files.set("/a&b", { bytes: PACKED, etag: '"c"' });
    const from = `${server.url}/a&b`;
    const stop = AbortSignal.abort({ signal: "SIGINT", exitCode: 130 });
    const stopped = runDataFetch({ genome: "toy", from, yes: true }, quietIo(stop), client);
    await expect(stopped).rejects.toMatchObject({
      message: `stopped by SIGINT: "gdiff data fetch toy --from '${from}'" goes on where it was`,
    });
  });

  it("keeps a whole download when it is stopped, and clears what a killed one left", async () => {
    const folder = await published();
    put(folder, "toy.fa.gz.download", PACKED);
    put(folder, "toy.fa.gz.tmp-4194999-0a1b2c", "of a process that is no more");
    put(folder, "toy.fa.gz.fai.tmp-4194999-0a1b2c", "of a process that is no more");
    put(folder, `toy.fa.gz.tmp-${process.pid}-0a1b2c`, "of one that lives");
    const stop = AbortSignal.abort({ signal: "SIGINT", exitCode: 130 });
    const stopped = runDataFetch({ genome: "toy", yes: true }, quietIo(stop), client);
    await expect(stopped).rejects.toMatchObject({ name: "StoppedError", exitCode: 130 });
    expect(names(folder)).toEqual(["toy.fa.gz.download", `toy.fa.gz.tmp-${process.pid}-0a1b2c`]);
  });
});

describe("consent", () => {
  it("is asked for with size and place", async () => {
    const folder = await published();
    const asked: string[] = [];
    const ask = async (question: string): Promise<boolean> => asked.push(question) > 0;
    await runDataFetch({ genome: "t1", yes: false }, { ...quietIo(), ask }, client);
    expect(asked).toEqual([
      `genome t1 is not on this machine: download ${PACKED.length} bytes from ${server.url}/toy.fa.gz to ${folder}/toy.fa.gz (${(2.25 * PACKED.length).toString()} bytes of disk space until it is done)?`,
    ]);
    await expectGenome(folder);
  });

  it("that is refused, or cannot be asked for, is exit 1 with the command", async () => {
    const folder = await published();
    const fetching = (ask?: () => Promise<boolean>) => () =>
      runDataFetch({ genome: "toy", yes: false }, { ...quietIo(), ...(ask && { ask }) }, client);
    expect(await failure(fetching(async () => false))).toBe(
      'FileError: genome toy is not on this machine, and is not downloaded: "gdiff data fetch toy --yes" does it',
    );
    expect(await failure(fetching())).toContain(
      'FileError: expected --yes where nobody can be asked: "gdiff data fetch toy --yes" downloads',
    );
    expect([names(folder), server.log]).toEqual([[], []]);
  });
});

describe("--from", () => {
  const copies: Readonly<Record<string, Uint8Array>> = {
    "the publisher's file": PACKED,
    "plain text": bytesOf(GOOD),
    "bgzip of other line lengths": bgzfFile(fastaText({ chrA: A, chrB: B }, 13), 99),
    "gzip of the other flavour, by other names": gzipSync(fastaText({ x: A_MASKED, y: B })),
  };
  it.each(Object.entries(copies))("a file takes %s", async (_, content) => {
    const folder = await published();
    const from = temporaryFile("copy.fa.gz", content);
    const summary = await runDataFetch({ genome: "toy", from, yes: false }, quietIo(), client);
    expect(summary).toMatchObject({ isFetched: true, genome: "toy", verified: 2 });
    expect(names(folder)).toEqual(FILES);
    expect(existsSync(from)).toBe(true);
    expect(statSync(from).size).toBe(content.length);
    expect(server.log).toEqual([]);
  });

  it.each(Object.entries(copies))("a URL takes %s", async (_, content) => {
    const folder = await published();
    server.files.set("/copy", { bytes: content, etag: '"c"' });
    const from = `${server.url}/copy`;
    await runDataFetch({ genome: "toy", from, yes: true }, quietIo(), client);
    expect(names(folder)).toEqual(FILES);
  });

  it.each([
    ["a base that differs", gzipSync(fastaText({ chrA: `T${A.slice(1)}`, chrB: B }))],
    ["a missing contig", bgzfFile(fastaText({ chrA: A }), 99)],
    ["a cut gzip", PACKED.subarray(0, -5)],
    ["a flipped bit", PACKED.map((byte, i) => (i === 60 ? byte ^ 4 : byte))],
    ["no FASTA", bytesOf("hello")],
  ])("refuses %s, and keeps nothing but the copy", async (_, content) => {
    const folder = await published();
    const file = temporaryFile("copy.fa.gz", content);
    server.files.set("/copy", { bytes: content, etag: '"c"' });
    for (const from of [file, `${server.url}/copy`]) {
      const fetching = () => runDataFetch({ genome: "toy", from, yes: true }, quietIo(), client);
      expect(await failure(fetching)).toMatch(/^(VerificationError|CompressionError|FastaError): /);
      expect(names(folder)).toEqual([]);
    }
    expect(existsSync(file)).toBe(true);
  });

  it("helps where no public file is known, and not for what is built in", async () => {
    const folder = dataFolder();
    await runDataAdd({ manifest: temporaryFile("toy.json", toyManifest()) }, quietIo());
    const fetching = (genome: string) => () =>
      runDataFetch({ genome, yes: true }, quietIo(), client);
    expect(await failure(fetching("toy"))).toMatch(
      /no public file of it is known: put it there as .*, or give --from FILE\|URL$/,
    );
    expect(await failure(fetching("demo"))).toContain(
      "expected a genome with a file, got demo, which is built in",
    );
    expect(await failure(fetching("tyo"))).toMatch(/^ConfigError: /);
    const from = temporaryFile("copy.fa", GOOD);
    expect(await runDataFetch({ genome: "toy", from, yes: false }, quietIo())).toMatchObject({
      isPublished: false,
      verified: 2,
    });
    expect(names(folder)).toEqual(FILES);
  });
});
