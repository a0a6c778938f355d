/** A genome by its name, for someone who has only typed it: fetched over TLS, killed and gone on with, then trained on. */

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runDataAdd } from "../../../pipelines/data/add/run.ts";
import { GDIFF } from "../../cli/spawn-program.ts";
import { type FaultServer, startFaultServer } from "../../support/http/fault-server.ts";
import * as faults from "../../support/http/faults.ts";
import { hasProgram, PYTHON } from "../../support/oracles.ts";
import { quietIo } from "../../support/quiet-io.ts";
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
  await runDataAdd({ manifest }, quietIo());
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const pretrain = () =>
  gdiff(["pretrain", "--genome", "toy", ...TINY, "--steps", "2", "--out", join(folder, "run")]);

const STALL_AT = 3_000;

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

  const part = join(data, "toy.fa.gz.download.part");
  let received = 0;
  for (const [signal, code] of [
    ["SIGKILL", null],
    ["SIGINT", 130],
    ["SIGTERM", 75],
  ] as const) {
    server.queue.push(faults.stallAfter(STALL_AT));
    received += STALL_AT;
    let watch: NodeJS.Timeout | undefined;
    const stopped = await gdiff(["data", "fetch", "toy", "--yes"], (child) => {
      watch ??= setInterval(() => {
        if (statSync(part, { throwIfNoEntry: false })?.size !== received) return;
        clearInterval(watch); // a second signal would stop it at once
        child.kill(signal);
      }, 20);
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

/** Runs gdiff on a terminal of its own, types `answer` after the question, and returns what the terminal shows. */
function onTerminal(
  args: readonly string[],
  answer: string,
): Promise<{ code: number | null; shown: string }> {
  const program = `
import os, pty, sys
answer, command, typed = sys.argv[1].encode(), sys.argv[2:], False
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
shown = b""
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        break
    if not piece:
        break
    shown += piece
    if not typed and b"[y/N]" in shown:
        typed = True
        os.write(terminal, answer)
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
`;
  const child = spawn(PYTHON, ["-c", program, answer, process.execPath, GDIFF, ...args]);
  let shown = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, shown }));
  });
}

test.skipIf(!hasProgram(PYTHON))(
  "on a terminal pretrain asks, and takes yes or no",
  async () => {
    const other = join(folder, "asked");
    vi.stubEnv("GDIFF_DATA", other);
    await runDataAdd({ manifest: join(folder, "toy.json") }, quietIo());
    const args = ["pretrain", "--genome", "toy", ...TINY, "--dry-run"];
    const no = await onTerminal(args, "n\n");
    expect([no.code, no.shown]).toEqual([
      1,
      expect.stringContaining('is not downloaded: "gdiff data fetch toy --yes" does it'),
    ]);
    const interrupted = await onTerminal(args, "\x03");
    expect([interrupted.code, interrupted.shown]).toEqual([
      130,
      expect.stringContaining("stopped by SIGINT"),
    ]);
    expect(readdirSync(other)).toEqual(["manifests"]);
    const yes = await onTerminal(args, "y\n");
    expect([yes.code, yes.shown]).toEqual([
      0,
      expect.stringMatching(/download .* KiB from https:.*toy\.fa\.gz to .*asked\/toy\.fa\.gz/),
    ]);
    expect(readdirSync(other)).toContain("toy.fa.gz.gdiff.json");
    vi.stubEnv("GDIFF_DATA", data);
  },
  120_000,
);

test("a copy from a file, and a damaged one", async () => {
  const plain = await gdiff(["data", "fetch", "lambda", "--from", "http://example.org/x.fa"]);
  expect([plain.code, errorLines(plain)]).toEqual([
    2,
    [expect.stringContaining("E_USAGE: expected an https URL, got http://example.org/x.fa")],
  ]);
  const other = join(folder, "other");
  vi.stubEnv("GDIFF_DATA", other);
  expect(
    (await gdiff(["data", "fetch", "lambda", "--from", put(folder, "x.fa", ">x\nACGT\n")])).code,
  ).toBe(4);
  expect(readdirSync(other)).toEqual([]);
  vi.stubEnv("GDIFF_DATA", data);
});
