/** A genome by its name, for someone who has only typed it: fetched over TLS, killed and gone on with, then trained on. */

import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type FaultServer, startFaultServer } from "../../support/http/fault-server.ts";
import * as faults from "../../support/http/faults.ts";
import { uniforms } from "../support/seeded.ts";
import { errorLines, gdiff, TINY, testFolder } from "../support/tiny-run.ts";
import { manifestText, put } from "./data-folder.ts";
import { fastaText } from "./toy.ts";

const folder = testFolder();
const data = join(folder, "data");
const CERTIFICATE = join(import.meta.dirname, "../../support/http/cert.pem");
const BASES = uniforms(5, 60_000)
  .map((uniform) => "ACGT"[Math.floor(4 * uniform)])
  .join("");
const PACKED = gzipSync(fastaText({ chrA: BASES }));
let server: FaultServer;

beforeAll(async () => {
  vi.stubEnv("GDIFF_DATA", data);
  vi.stubEnv("NODE_EXTRA_CA_CERTS", CERTIFICATE);
  vi.stubEnv("NO_PROXY", "localhost");
  server = await startFaultServer({ tls: true });
  server.files.set("/toy.fa.gz", { bytes: PACKED, etag: '"1"' });
  const digest = (name: string, content: string | Uint8Array): string =>
    createHash(name).update(content).digest("hex");
  const file = {
    url: `${server.url}/toy.fa.gz`,
    bytes: PACKED.length,
    sha256: digest("sha256", PACKED),
    md5: digest("md5", PACKED),
    flavour: "plain",
  };
  const contig = {
    name: "chrA",
    length: BASES.length,
    md5: { plain: digest("md5", BASES), masked: digest("md5", BASES) },
  };
  const manifest = put(folder, "toy.json", manifestText([contig], { file }));
  expect(await gdiff(["data", "add", manifest])).toMatchObject({ code: 0 });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const pretrain = () =>
  gdiff(["pretrain", "--genome", "toy", ...TINY, "--steps", "2", "--out", join(folder, "run")]);

test("pretrain, fetch without --yes, an interrupted fetch, fetch, pretrain", async () => {
  const missing = await pretrain();
  expect([missing.code, errorLines(missing)]).toEqual([
    1,
    [
      expect.stringMatching(
        /E_FILE: genome toy is not on this machine .*"gdiff data fetch toy --yes" brings it/,
      ),
    ],
  ]);

  const unasked = await gdiff(["data", "fetch", "toy"]);
  expect([unasked.code, errorLines(unasked)]).toEqual([
    1,
    [
      expect.stringContaining(
        'E_FILE: expected --yes where nobody can be asked: "gdiff data fetch toy --yes" downloads',
      ),
    ],
  ]);
  expect(server.log).toEqual([]);

  for (const [signal, code] of [
    ["SIGKILL", null],
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    server.queue.push(faults.stallAfter(3_000));
    const stopped = await gdiff(["data", "fetch", "toy", "--yes"], (child, stderr) => {
      if (/fetching/.test(stderr)) setTimeout(() => child.kill(signal), 500);
    });
    expect(stopped.code).toBe(code);
    expect(readdirSync(data)).not.toContain("toy.fa.gz");
  }

  const fetched = await gdiff(["data", "fetch", "toy", "--yes", "--json"]);
  expect([fetched.code, errorLines(fetched)]).toEqual([0, []]);
  expect(JSON.parse(fetched.stdout)).toMatchObject({
    path: join(data, "toy.fa.gz"),
    isFetched: true,
    isPublished: true,
    verified: 1,
  });
  expect(server.log.at(-1)?.range).toMatch(/^bytes=\d+-$/);
  expect(readdirSync(data).sort()).toEqual([
    "manifests",
    "toy.fa.gz",
    "toy.fa.gz.fai",
    "toy.fa.gz.gdiff.json",
    "toy.fa.gz.gzi",
  ]);
  expect(await pretrain()).toMatchObject({ code: 0 });
}, 120_000);

test("a copy from a file, and a damaged one", async () => {
  const other = join(folder, "other");
  vi.stubEnv("GDIFF_DATA", other);
  expect(
    (await gdiff(["data", "fetch", "lambda", "--from", put(folder, "x.fa", ">x\nACGT\n")])).code,
  ).toBe(4);
  expect(readdirSync(other)).toEqual([]);
  vi.stubEnv("GDIFF_DATA", data);
});
