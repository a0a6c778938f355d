/** `gdiff report` as a user runs it: the numbers of the page are those of the run and of gdiff evaluate. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { reportConfig } from "../../../pipelines/report/options.ts";
import { runReport } from "../../../pipelines/report/run.ts";
import { RunFolderError } from "../../../src/errors.ts";
import { expectSoundPage } from "../../report/html/expect-sound-page.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { errorLines, gdiff, pretrain, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const inFolder = (name: string): string => join(folder, name);
const RUN = inFolder("run");
const PAGE = join(RUN, "report.html");
const report = (...args: readonly string[]) => gdiff(["report", ...args]);
const textOf = (path: string): string =>
  expectSoundPage(readFileSync(path, "utf8")).all("body")[0]?.text ?? "";

beforeAll(async () => {
  const args = ["--genome", "demo", "--steps", "12", "--set", "train.validEvery=6", "--out", RUN];
  expect(await pretrain(args)).toMatchObject({ code: 0 });
});

test("the page has what gdiff evaluate says, and the sequences that gdiff generate writes", async () => {
  const done = await report(RUN, "--windows", "20", "--samples", "3", "--date", "1 May 2030");
  expect(done).toMatchObject({ code: 0, stdout: `${PAGE}\n` });
  const text = textOf(PAGE);
  const evaluated = await gdiff(["evaluate", RUN, "--windows", "20", "--json"]);
  const { scores, checkpointSha256 } = JSON.parse(evaluated.stdout);
  for (const { name, bits } of scores.baselines) {
    expect(text).toContain(name);
    expect(text).toContain(bits.toFixed(4));
  }
  expect(text).toContain(scores.model.bits.toFixed(4));
  expect(text).toContain(checkpointSha256);
  expect(text).toContain("12 of 12");
  expect(text).toContain("1 May 2030");
  const generated = await gdiff(["generate", RUN, "--count", "3"]);
  const sequences = generated.stdout.split("\n").filter((line) => /^[ACGT]+$/.test(line));
  expect(sequences).toHaveLength(3);
  for (const sequence of sequences) expect(text).toContain(sequence.slice(0, 60));
});

test("is the same again, and goes where --out says; --json says what was made", async () => {
  const out = inFolder("other.html");
  const args = [RUN, "--windows", "20", "--samples", "3", "--date", "1 May 2030", "--out", out];
  const done = await report(...args, "--json");
  expect(JSON.parse(done.stdout)).toMatchObject({
    ...{ run: RUN, step: 12, samples: 3, files: [out] },
    evaluation: { step: 12, scores: { windows: 20 } },
  });
  expect(readFileSync(out, "utf8")).toBe(readFileSync(PAGE, "utf8"));
});

test("without windows and samples it is the curves, and the day is today's or none", async () => {
  const out = inFolder("curves.html");
  const bare = { run: RUN, windows: 0, samples: 0, out };
  expect(await runReport(reportConfig(bare), quietIo())).not.toHaveProperty("evaluation");
  const text = textOf(out);
  expect(text).toContain("The run was not evaluated.");
  expect(text).toContain("no date given");
  expect(text).not.toContain("Generated sequences");
  await report(RUN, "--windows", "0", "--samples", "0", "--out", out);
  expect(textOf(out)).toMatch(/· 20\d\d-\d\d-\d\d ·/);
});

test("a folder that is no run, a page that cannot be written", async () => {
  const refusal = runReport(reportConfig({ run: folder }), quietIo());
  await expect(refusal).rejects.toThrow(
    new RunFolderError(
      `expected a run folder, got ${folder} without config.yaml: give the folder that gdiff pretrain printed`,
    ),
  );
  const refused = await report(RUN, "--out", inFolder("none/x.html"));
  expect([refused.code, errorLines(refused)]).toEqual([
    1,
    [expect.stringMatching(/^gdiff: E_FILE: .*none/)],
  ]);
});
