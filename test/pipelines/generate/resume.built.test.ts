/** A generation that is cut goes on, to the bytes of one that was not. */

import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { errorLines, gdiff, pretrain, signalAt, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const run = join(folder, "run");

beforeAll(async () => {
  const args = ["--genome", "demo", "--steps", "3", "--lr", "1e-2", "--out", run];
  expect(await pretrain(args)).toMatchObject({ code: 0 });
});

/** Some thousand sequences; one a pass, it takes long enough to be cut in the middle. */
const FLAGS = ["--count", "2000", "--calls", "2", "--nelbo", "2"];

/** Progress that says some sequences are done and more are not. */
const SOME_DONE = /^[\d,]+\/2,000 /m;

const newFile = (): string => join(mkdtempSync(join(folder, "cut-")), "made.fa");
const bytes = (out: string): [string, string] => [
  readFileSync(out, "utf8"),
  readFileSync(out.replace(".fa", ".arrow")).toString("hex"),
];
const start = (out: string, ...args: string[]): ReturnType<typeof gdiff> =>
  gdiff(["generate", run, "--out", out, ...FLAGS, "--batch-size", "50", ...args]);
const cut = (out: string, signal: NodeJS.Signals): ReturnType<typeof gdiff> =>
  gdiff(
    ["generate", run, "--out", out, ...FLAGS, "--batch-size", "1"],
    signalAt(SOME_DONE, signal),
  );

let whole: [string, string];
beforeAll(async () => {
  const out = newFile();
  expect(await start(out)).toMatchObject({ code: 0 });
  expect(existsSync(`${out}.unfinished`)).toBe(false);
  whole = bytes(out);
});

describe("a signal keeps what is made, and the same command goes on", () => {
  test.concurrent.each([
    ["SIGINT", 130],
    ["SIGTERM", 75],
    ["SIGUSR1", 75],
  ] as const)("%s: exit %i", async (signal, code) => {
    const out = newFile();
    const stopped = await cut(out, signal);
    expect([stopped.code, stopped.stdout, errorLines(stopped)]).toEqual([
      code,
      "",
      [
        expect.stringMatching(
          `^gdiff: E_STOPPED: stopped by ${signal} after [1-9]\\d* of 2000 sequences, which are in ${out}.unfinished; the same command goes on$`,
        ),
      ],
    ]);
    expect(existsSync(out)).toBe(false);
    const finished = await start(out);
    expect(finished.code).toBe(0);
    expect(finished.stderr).toMatch(/^going on after [1-9]\d* of 2000 sequences$/m);
    expect(bytes(out)).toEqual(whole);
    expect(existsSync(`${out}.unfinished`)).toBe(false);
  });

  test.concurrent("a kill too", async () => {
    const out = newFile();
    expect((await cut(out, "SIGKILL")).code).toBe(null);
    appendFileSync(`${out}.unfinished`, '0123456789abcdef {"id":"sam'); // a line that was cut
    const finished = await start(out);
    expect(finished.stderr).toMatch(/^going on after [1-9]\d* of 2000 sequences$/m);
    expect(bytes(out)).toEqual(whole);
  });
});

test.concurrent("what comes after a damaged line is made again", async () => {
  const out = newFile();
  await cut(out, "SIGINT");
  const path = `${out}.unfinished`;
  const lines = readFileSync(path, "utf8").split("\n");
  lines[2] = (lines[2] as string).replace(/[ACGT]{8}/, "ACGTACGT");
  writeFileSync(path, lines.join("\n"));
  const finished = await start(out);
  expect(finished.stderr).toMatch(/^going on after 1 of 2000 sequences$/m);
  expect(bytes(out)).toEqual(whole);
});

test.concurrent("what another request left is not gone on with", async () => {
  const out = newFile();
  await cut(out, "SIGINT");
  const before = readFileSync(`${out}.unfinished`, "utf8");
  const refused = await start(out, "--seed", "2");
  expect([refused.code, errorLines(refused)]).toEqual([
    1,
    [
      `gdiff: E_FILE: ${out}.unfinished: expected what an earlier run of the same command left, got that of another run, settings, prompt or backend: delete it, or choose another --out`,
    ],
  ]);
  expect(readFileSync(`${out}.unfinished`, "utf8")).toBe(before);
  expect(existsSync(out)).toBe(false);
});

describe("without --out", () => {
  test.concurrent.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGUSR1", 138],
  ] as const)("%s stops it, with nothing to resume: exit %i", async (signal, code) => {
    const args = ["generate", run, "--count", "1000000", "--json"];
    const stopped = await gdiff(args, signalAt(/^backend /m, signal));
    expect([stopped.code, stopped.stdout, errorLines(stopped)]).toEqual([
      code,
      "",
      [`gdiff: E_STOPPED: stopped by ${signal}; there is nothing to resume`],
    ]);
  });
});
