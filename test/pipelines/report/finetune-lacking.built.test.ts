/** `gdiff report` of fine-tuning runs that are not whole: what there is, and in words what there is not. */

import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { finetuneRecord } from "../../../pipelines/report/finetune-report.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { errorLines, gdiff, NETWORK } from "../support/tiny-run.ts";
import { smallFinetune, testOf } from "./small-finetune.ts";

const small = smallFinetune();

describe("a run that lacks something", () => {
  const { run: RUN, csv: CSV, at: inFolder } = small;
  const copy = (name: string): string => {
    const to = inFolder(name);
    cpSync(RUN, to, { recursive: true });
    return to;
  };

  test("sequences that are not here, or others by now: what needs them is left out, in words", async () => {
    const aside = inFolder("aside.csv");
    renameSync(CSV, aside);
    try {
      const gone = await finetuneRecord({ run: RUN }, quietIo());
      expect(gone.missing).toEqual([
        expect.stringMatching(/^The sequences that it was trained on are not here, .*placed\.csv/),
      ]);
      expect(testOf(gone).whole.metrics).toEqual(testOf(small.record()).whole.metrics);
      expect([testOf(gone).deduplicated, gone.leakage, testOf(gone).grouping]).toEqual([
        ...[undefined, undefined, "none"],
      ]);
      expect(gone.parts.map(({ name }) => name)).toEqual(["validation", "test"]);
      const lines = readFileSync(aside, "utf8").split("\n");
      writeFileSync(CSV, lines.filter((_, i) => i !== 1).join("\n"));
      const other = await finetuneRecord({ run: RUN }, quietIo());
      expect(other.missing[0]).toContain("they are not what they were when the run was trained");
    } finally {
      rmSync(CSV, { force: true });
      renameSync(aside, CSV);
    }
  });

  test("a run that has not finished has its curve and its best epoch", async () => {
    const run = copy("unfinished");
    rmSync(join(run, "result.json"));
    const found = await finetuneRecord({ run }, quietIo());
    expect([found.isFinished, found.test, found.valid]).toEqual([false, undefined, undefined]);
    expect([found.curve, found.keptEpoch]).toEqual([
      small.record().curve,
      small.record().keptEpoch,
    ]);
    expect(found.parts.map(({ name }) => name)).toEqual(["train", "validation"]);
  });

  test("a run without a test part has its validation", async () => {
    const run = inFolder("untested");
    const args = ["--from-scratch", "nano", ...NETWORK, "--train", CSV, "--epochs", "1"];
    expect(await gdiff(["finetune", ...args, "--out", run])).toMatchObject({ code: 0 });
    const found = await finetuneRecord({ run }, quietIo());
    expect([found.isFinished, found.test, found.missing]).toEqual([true, undefined, []]);
    expect(found.valid?.sequences).toBe(12);
    expect(found.network).toContain("the network of nano, from fresh weights");
    expect(await gdiff(["report", run])).toMatchObject({ code: 0 });
  });

  test("groups that the data name are drawn whole", async () => {
    const [run, csv] = [inFolder("grouped"), inFolder("grouped.csv")];
    const [head, ...rows] = readFileSync(CSV, "utf8").trimEnd().split("\n");
    writeFileSync(csv, [`${head},family`, ...rows.map((r, i) => `${r},f${i % 15}`)].join("\n"));
    const parts = ["--test-share", "0.3", "--group-column", "family", "--epochs", "1"];
    const args = ["--from-scratch", "nano", ...NETWORK, "--train", csv, ...parts, "--out", run];
    expect(await gdiff(["finetune", ...args])).toMatchObject({ code: 0 });
    const found = await finetuneRecord({ run }, quietIo());
    const { sequences } = testOf(found).whole.metrics;
    expect(testOf(found).grouping).toBe("named");
    expect(testOf(found).whole.intervals.accuracy.groups).toBe(sequences / 8); // 120 rows, 15 families
    expect(found.protocol).toContain("whole groups that the data name by class");
  });

  test("a run without a checkpoint is refused, and no page is written", async () => {
    const run = copy("begun");
    rmSync(join(run, "checkpoints"), { recursive: true });
    const refused = await gdiff(["report", run]);
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [
        `gdiff: E_RUN: expected a checkpoint in ${run}, got none yet: go on with gdiff finetune --resume --out ${run}`,
      ],
    ]);
    expect(existsSync(join(run, "report.html"))).toBe(false);
  });
});
