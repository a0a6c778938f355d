/** A run on a FASTA that stays on its server: the same as on a local copy, and stopped as well. */

import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openGenome } from "../../../src/genome/node-open-genome.ts";
import { bgzfFile } from "../../genome/bgzf-fixture.ts";
import { type FaultServer, startFaultServer } from "../../support/http/fault-server.ts";
import * as faults from "../../support/http/faults.ts";
import { uniforms } from "../support/seeded.ts";
import {
  errorLines,
  filesBelow,
  gdiff,
  metrics,
  pretrain,
  STEPPING,
  signalAt,
  testFolder,
} from "../support/tiny-run.ts";

const folder = testFolder();
const local = join(folder, "x.fa.gz");
/** Too long to have been read after a few steps. */
const long = join(folder, "long.fa.gz");
let server: FaultServer;

beforeAll(async () => {
  vi.stubEnv("NO_PROXY", "127.0.0.1");
  const bases = uniforms(7, 80_000).map((uniform) => "ACGT"[Math.floor(4 * uniform)]);
  writeFileSync(local, bgzfFile(`>chr1\n${bases.join("")}\n`, 10_000));
  writeFileSync(long, bgzfFile(`>chr1\n${bases.join("").repeat(60)}\n`, 60_000));
  for (const fasta of [local, long]) await (await openGenome(fasta)).genome.close(); // writes the indices
  server = await startFaultServer();
  for (const path of [local, long].flatMap((fasta) =>
    ["", ".fai", ".gzi"].map((end) => fasta + end),
  )) {
    server.files.set(`/${basename(path)}`, { bytes: readFileSync(path), etag: '"1"' });
  }
});
beforeEach(() => {
  server.always = undefined;
  server.log.length = 0;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const url = (fasta = local): string => `${server.url}/${basename(fasta)}`;
const ENDLESS = ["--steps", "1000000", "--max-time", "40s"];
const weights = (run: string): string | undefined =>
  filesBelow(join(run, "checkpoints/step-4"))["model.safetensors"];

test("pretrains and evaluates to the bit as from the disk, through faults, without the whole file", async () => {
  const [here, there] = [join(folder, "here"), join(folder, "there")];
  const flags = ["--steps", "4", "--set", "train.validWindows=2"];
  expect(await pretrain(["--fasta", local, "--out", here, ...flags])).toMatchObject({ code: 0 });
  let count = 0;
  server.always = (exchange) =>
    [1, 5, 6].includes(count++)
      ? faults.status(503, { "retry-after": "0" })(exchange)
      : exchange.serve();
  const remote = await pretrain(["--fasta", url(), "--out", there, ...flags]);
  expect([remote.code, errorLines(remote)]).toEqual([0, []]);
  expect(remote.stderr).toContain("the server cannot answer now (status 503): trying again in");
  expect(weights(there)).toBe(weights(here));
  expect(metrics(there)).toEqual(metrics(here));
  expect(readFileSync(join(there, "config.yaml"), "utf8")).toContain(url());

  const evaluate = (run: string) =>
    gdiff(["evaluate", run, "--windows", "3", "--draws", "1", "--json"]);
  const [own, other] = await Promise.all([evaluate(here), evaluate(there)]);
  expect([own.code, other.code]).toEqual([0, 0]);
  const scores = ({ stdout }: { readonly stdout: string }): unknown => {
    const { checkpointSha256: _config, ...rest } = JSON.parse(stdout) as Record<string, unknown>;
    return JSON.parse(JSON.stringify(rest).replaceAll(here, there).replaceAll(local, url()));
  };
  expect(scores(other)).toEqual(scores(own));
}, 120_000);

test("worker threads read it too, and say what went wrong", async () => {
  const run = join(folder, "threads");
  const made = await pretrain(["--fasta", url(), "--out", run, "--steps", "4", "--workers", "2"]);
  expect([made.code, errorLines(made)]).toEqual([0, []]);
  expect(weights(run)).toBe(weights(join(folder, "here"))); // of the test above
  const failing = await pretrain(
    ["--fasta", url(long), "--out", join(folder, "w9"), ...ENDLESS, "--workers", "1"],
    (_, stderr) => {
      if (STEPPING.test(stderr)) server.always = faults.status(404);
    },
  );
  expect([failing.code, errorLines(failing)]).toEqual([
    1,
    [expect.stringMatching(/E_REMOTE: .*no such file on the server \(status 404/)],
  ]);
}, 120_000);

test("SIGINT during a read that hangs saves and exits 130", async () => {
  const run = join(folder, "stopped");
  const watch = signalAt(STEPPING, "SIGINT");
  let hung = false;
  const result = await pretrain(
    ["--fasta", url(long), "--out", run, ...ENDLESS],
    (child, stderr) => {
      if (!STEPPING.test(stderr) || hung) return;
      hung = true;
      server.always = faults.silent;
      setTimeout(() => watch(child, stderr), 300);
    },
  );
  expect([result.code, errorLines(result)]).toEqual([
    130,
    [expect.stringMatching(/^gdiff: E_STOPPED: stopped by SIGINT/)],
  ]);
}, 120_000);

test("a URL that is not https is a usage error before anything is opened", async () => {
  const bad = "ftp://example.org/x.fa";
  const result = await pretrain(["--fasta", bad, "--out", join(folder, "never")]);
  expect([result.code, errorLines(result)]).toEqual([
    2,
    [expect.stringContaining(`E_USAGE: expected an https URL, got ${bad}`)],
  ]);
});

test("a server without the index is exit 1 with what to do, and no folder", async () => {
  const index = server.files.get("/x.fa.gz.fai");
  server.files.delete("/x.fa.gz.fai");
  const result = await pretrain(["--fasta", url(), "--out", join(folder, "never")]);
  if (index !== undefined) server.files.set("/x.fa.gz.fai", index);
  expect([result.code, errorLines(result)]).toEqual([
    1,
    [
      expect.stringMatching(
        /E_REMOTE: .*x\.fa\.gz\.fai: expected this index .*"samtools faidx" makes it/,
      ),
    ],
  ]);
  expect(Object.keys(filesBelow(folder)).filter((path) => path.startsWith("never"))).toEqual([]);
});
