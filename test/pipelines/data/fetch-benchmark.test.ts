/** The interval files of a labelled set, from a folder and from a server. */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fetchBenchmark } from "../../../pipelines/data/fetch/fetch-benchmark.ts";
import { runDataFetch } from "../../../pipelines/data/fetch/run.ts";
import { runDataList } from "../../../pipelines/data/list/run.ts";
import {
  findBenchmark,
  readKnownBenchmarks,
} from "../../../src/data/manifests/node-known-benchmarks.ts";
import { type HttpClient, openHttpClient } from "../../../src/util/http/client.ts";
import { bytesOf, failure, temporaryFolder } from "../../genome/fixtures.ts";
import {
  CERTIFICATE,
  type FaultServer,
  startFaultServer,
} from "../../support/http/fault-server.ts";
import * as faults from "../../support/http/faults.ts";
import { sharedData } from "../../support/oracles.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { dataFolder, put } from "./data-folder.ts";

const CONTENTS = new Map([
  ["train/a.csv", bytesOf("id,region,start,end,strand\n1,chr1,0,4,+\n")],
  ["test/a.csv", bytesOf("id,region,start,end,strand\n1,chr1,4,9,+\n")],
]);
const known = await readKnownBenchmarks();
let server: FaultServer;
let client: HttpClient;

beforeEach(async () => {
  server = await startFaultServer({ tls: true });
  for (const [path, bytes] of CONTENTS) server.files.set(`/set/${path}`, { bytes, etag: '"1"' });
  client = openHttpClient({ env: {}, ca: [CERTIFICATE] });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

/** A known set, but of two files that the server has. */
function tinySet() {
  const nontata = findBenchmark(known, "nontata");
  const files = [...CONTENTS].map(([path, bytes]) => ({
    path,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  }));
  return { ...nontata, files, source: { ...nontata.source, url: `${server.url}/set` } };
}

const foldersOf = (folder: string) => ({ searched: [folder], written: folder });

it("downloads what is not there as it should be, and nothing twice", async () => {
  const folder = temporaryFolder();
  const bring = () =>
    fetchBenchmark(tinySet(), { yes: true }, foldersOf(folder), quietIo(), client);
  const path = join(folder, "genomic-benchmarks", "human_nontata_promoters");
  const summary = { name: "human_nontata_promoters", path, files: 2 };
  expect(await bring()).toEqual({ ...summary, fetched: 2 });
  for (const [name, bytes] of CONTENTS) {
    expect(readFileSync(join(path, name))).toEqual(Buffer.from(bytes));
  }
  expect(await bring()).toEqual({ ...summary, fetched: 0 });
  const damaged = join(path, "test/a.csv");
  writeFileSync(damaged, Buffer.from(CONTENTS.get("test/a.csv") as Uint8Array).fill(65, 3, 4));
  rmSync(join(path, "train/a.csv"));
  expect(await bring()).toEqual({ ...summary, fetched: 2 });
  expect(readFileSync(damaged)).toEqual(Buffer.from(CONTENTS.get("test/a.csv") as Uint8Array));
});

it("asks before it downloads, and says how to where nobody can be asked", async () => {
  const folder = temporaryFolder();
  const set = tinySet();
  const target = join(folder, "genomic-benchmarks", "human_nontata_promoters");
  const what = `2 files, 80 bytes, from ${server.url}/set to ${target}`;
  const asked: string[] = [];
  const bring = (io: ReturnType<typeof quietIo>) =>
    fetchBenchmark(set, { yes: false }, foldersOf(folder), io, client);
  expect(await failure(() => bring(quietIo()))).toBe(
    `FileError: expected --yes where nobody can be asked: "gdiff data fetch human_nontata_promoters --yes" downloads ${what}`,
  );
  const answering = (answer: boolean) => ({
    ...quietIo(),
    ask: async (question: string) => {
      asked.push(question);
      return answer;
    },
  });
  expect(await failure(() => bring(answering(false)))).toBe(
    'FileError: the intervals of human_nontata_promoters are not on this machine, and are not downloaded: "gdiff data fetch human_nontata_promoters --yes" does it',
  );
  expect(asked).toEqual([
    `the intervals of human_nontata_promoters are not on this machine: download ${what}?`,
  ]);
  expect(existsSync(target)).toBe(false);
  expect((await bring(answering(true))).fetched).toBe(2);
});

it("goes on where it was stopped", async () => {
  const folder = temporaryFolder();
  const stop = new AbortController();
  server.queue.push(undefined, async (exchange) => {
    await faults.stallAfter(10)(exchange);
    setTimeout(() => stop.abort({ signal: "SIGTERM", exitCode: 75 }), 50);
  });
  const bring = (io: ReturnType<typeof quietIo>) =>
    fetchBenchmark(tinySet(), { yes: true }, foldersOf(folder), io, client);
  await expect(bring(quietIo(stop.signal))).rejects.toMatchObject({
    name: "StoppedError",
    exitCode: 75,
    message: 'stopped by SIGTERM: "gdiff data fetch human_nontata_promoters" goes on where it was',
  });
  expect((await bring(quietIo())).fetched).toBe(1);
});

it("keeps nothing of a file that is another", async () => {
  const folder = temporaryFolder();
  server.files.set("/set/test/a.csv", { bytes: bytesOf("x".repeat(40)), etag: '"2"' });
  const failed = await failure(() =>
    fetchBenchmark(tinySet(), { yes: true }, foldersOf(folder), quietIo(), client),
  );
  expect(failed).toMatch(/^VerificationError: .*a\.csv: expected SHA-256 /);
  expect(existsSync(join(folder, "genomic-benchmarks/human_nontata_promoters/test/a.csv"))).toBe(
    false,
  );
});

it("takes a copy from a folder, and refuses one that is another", async () => {
  const copy = temporaryFolder();
  for (const [path, bytes] of CONTENTS) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    put(copy, path, bytes);
  }
  const config = { from: copy, yes: false };
  const folder = temporaryFolder();
  const bring = () => fetchBenchmark(tinySet(), config, foldersOf(folder), quietIo());
  expect((await bring()).fetched).toBe(2);
  rmSync(join(folder, "genomic-benchmarks"), { recursive: true });
  put(copy, "test/a.csv", "no");
  expect(await failure(bring)).toMatch(/^VerificationError: .*expected 40 bytes, got 2/);
});

it("says what it knows when a name is none", async () => {
  dataFolder();
  expect(await failure(() => runDataFetch({ genome: "nontatta", yes: true }, quietIo()))).toMatch(
    /^ConfigError: expected the name of a labelled set \(coding, worm, .*ocr\) or of a genome: demo, /,
  );
});

const shared = sharedData("genomic-benchmarks/intervals/human_enhancers_cohn");
it.skipIf(shared === undefined)("lists a set with its folder once it is there", async () => {
  const folder = dataFolder();
  const listed = async () => (await runDataList(quietIo())).sets;
  const before = await listed();
  expect(before).toHaveLength(9);
  const cohn = {
    name: "human_enhancers_cohn",
    aliases: ["cohn"],
    about: "Human enhancers, all of one length",
    classes: ["negative", "positive"],
    train: 20_843,
    test: 6948,
    path: null,
    references: [{ name: "GRCh38", path: null }],
  };
  expect(before).toContainEqual(cohn);
  await runDataFetch({ genome: "cohn", from: shared as string, yes: false }, quietIo());
  const path = put(folder, "hg38.fa.gz", "");
  expect(await listed()).toContainEqual({
    ...cohn,
    path: join(folder, "genomic-benchmarks", "human_enhancers_cohn"),
    references: [{ name: "GRCh38", path }],
  });
});
