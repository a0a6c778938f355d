/** Genomes of every kind on a server: what is asked for and fetched, and samtools' bases. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Genome } from "../../src/genome/genome.ts";
import { openGenome } from "../../src/genome/node-open-genome.ts";
import { type HttpClient, openHttpClient } from "../../src/util/http/client.ts";
import { type FaultServer, startFaultServer } from "../support/http/fault-server.ts";
import { hasProgram, sharedData } from "../support/oracles.ts";
import { bgzfFile } from "./bgzf-fixture.ts";
import { dice, randomLetters, temporaryFile, textOf, wrapped } from "./fixtures.ts";
import { twoBitFile } from "./twobit-fixture.ts";

let server: FaultServer;
let client: HttpClient;

beforeEach(async () => {
  server = await startFaultServer();
  client = openHttpClient({ env: {} });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

/** Serves a file with its indices; its URL. */
function serve(path: string): string {
  for (const suffix of ["", ".fai", ".gzi"]) {
    server.files.set(`/${basename(path)}${suffix}`, {
      bytes: readFileSync(path + suffix),
      etag: '"1"',
    });
  }
  return `${server.url}/${basename(path)}`;
}

const open = async (url: string): Promise<Genome> =>
  (await openGenome(url, { http: { client } })).genome;
const sent = (): number => server.log.reduce((sum, request) => sum + request.sent, 0);

test("2bit, in few requests", async () => {
  const bases = `${randomLetters(400_000, "ACGT", dice(4))}NNNNacgtNN${randomLetters(90_000, "acgt", dice(5))}`;
  server.files.set("/x.2bit", { bytes: twoBitFile([["chr1", bases]]), etag: '"1"' });
  const genome = await open(`${server.url}/x.2bit`);
  expect(genome.contigs).toEqual([{ name: "chr1", length: bases.length }]);
  const opening = server.log.length;
  for (const start of [0, 123_456, 399_990, 489_000]) {
    const read = await genome.read({ contig: "chr1", start, end: start + 1000 });
    expect(textOf(read)).toBe(bases.slice(start, start + 1000));
  }
  expect(opening).toBeLessThan(6);
  expect(server.log.length).toBeLessThan(10);
});

test("a hundred contigs are opened in few requests", async () => {
  const roll = dice(8);
  const text = Array.from(
    { length: 100 },
    (_, i) => `>scaffold${i}\n${wrapped(randomLetters(20_000 + roll(60_000), "ACGT", roll), 60)}`,
  ).join("");
  const path = temporaryFile("x.fa.gz", bgzfFile(text, 30_000));
  await (await openGenome(path)).genome.close();
  const url = serve(path);
  server.delayMs = 5;
  const genome = await open(url);
  expect(genome.contigs).toHaveLength(100);
  expect(server.log.length).toBeLessThan(20);
});

test("a file of 141 kB is read whole in a few requests and few bytes more than it has", async () => {
  const text = `>chr1\n${wrapped(randomLetters(430_000, "ACGT", dice(2)), 60)}`;
  const packed = bgzfFile(text, 65_280);
  const path = temporaryFile("x.fa.gz", packed);
  await (await openGenome(path)).genome.close();
  const genome = await open(serve(path));
  for (let start = 0; start < 430_000; start += 1000) {
    await genome.read({ contig: "chr1", start, end: start + 1000 });
  }
  expect(server.log.length).toBeLessThan(14);
  expect(sent()).toBeLessThan(1.25 * packed.length);
});

test.each(["hg38/grch38.chr20_and_21_10M.fa.gz", "hg38/chr2_1-1000000.softmasked.fa.gz"])(
  "%s has samtools' bases",
  async (name) => {
    const path = sharedData(name);
    if (path === undefined || !hasProgram("samtools")) return;
    const genome = await open(serve(path));
    const roll = dice(21);
    const intervals = Array.from({ length: 40 }, () => {
      const contig = genome.contigs[roll(genome.contigs.length)] ?? { name: "", length: 0 };
      const start = roll(contig.length - 3000);
      return { contig: contig.name, start, end: start + 1 + roll(3000) };
    });
    const regions = intervals.map(({ contig, start, end }) => `${contig}:${start + 1}-${end}`);
    const found = spawnSync("samtools", ["faidx", path, ...regions], {
      encoding: "utf8",
      maxBuffer: 2 ** 24,
    });
    const expected = found.stdout
      .split(/^>.*$/m)
      .slice(1)
      .map((lines) => lines.replaceAll("\n", ""));
    const read = await Promise.all(intervals.map((interval) => genome.read(interval)));
    expect(read.map(textOf)).toEqual(expected);
  },
);
