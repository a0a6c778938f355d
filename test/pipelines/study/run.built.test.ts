/** What a small study leaves: ordinary runs, their tests and samples, and a report whose numbers are those of its files; killed, too. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readArrowTable } from "../../../src/data/table/read-arrow-table.ts";
import { canListChildren, childrenOf, killById } from "../../support/child-processes.ts";
import { errorLines, gdiff, metrics, signalAt } from "../support/tiny-run.ts";
import { ARMS, columnsOf, readStudy, reportOf, SEEDS, smallStudy, TOKENS } from "./small-study.ts";

const small = smallStudy();
const trial = (arm: string, seed: number, ...path: string[]): string =>
  join(small.out, "trials", arm, `seed=${seed}`, ...path);
const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));
async function windows(arm: string, seed: number) {
  const { columns } = await readArrowTable(trial(arm, seed, "windows.arrow"));
  return Object.fromEntries(columns.map(({ name, values }) => [name, [...values] as unknown[]]));
}

describe("the trials", () => {
  test("are runs of gdiff pretrain of as many tokens; a later stage begins where the one before ended", () => {
    const runs = { ar: ["1-ar"], "mlm+mdlm": ["1-mlm", "2-mdlm"] };
    for (const arm of ARMS) {
      for (const seed of SEEDS) {
        const steps = runs[arm].map((run) => read(trial(arm, seed, `${run}.json`)).step);
        expect([arm, steps]).toEqual([arm, arm === "ar" ? [13] : [7, 6]]);
        const folders = runs[arm].map((run) => trial(arm, seed, run));
        for (const folder of folders) expect(readdirSync(folder)).toContain("checkpoints");
        if (folders[1] !== undefined) {
          expect(readFileSync(join(folders[1], "config.yaml"), "utf8")).toContain(
            `init: ${folders[0]}`,
          );
        }
      }
    }
  });

  test("are tested on the same windows", async () => {
    const first = await windows("ar", 1);
    expect(first.start).toHaveLength(20);
    for (const arm of ARMS) {
      for (const seed of SEEDS) {
        const { contig, start, end, scoredBases } = await windows(arm, seed);
        expect([contig, start, end, scoredBases]).toEqual([
          ...[first.contig, first.start, first.end, first.scoredBases],
        ]);
      }
    }
  });
});

describe("the report", () => {
  test("has the bits of the windows, which are a bound where there is one", async () => {
    const { arms } = readStudy(small.out);
    expect(Object.fromEntries(arms.map(({ name, kind }) => [name, kind]))).toEqual({
      ar: "exact",
      "mlm+mdlm": "bound",
    });
    for (const { name, bits, trials } of arms) {
      const expected = [];
      for (const seed of SEEDS) {
        const { nats, scoredBases } = (await windows(name, seed)) as Record<string, number[]>;
        const sum = (values: number[] = []): number => values.reduce((a, b) => a + b, 0);
        expected.push(sum(nats) / sum(scoredBases) / Math.LN2);
      }
      const [a = 0, b = 0] = expected;
      for (const [i, value] of expected.entries()) {
        expect(trials[i]?.bits).toBeCloseTo(value, 10);
      }
      expect(bits.mean).toBeCloseTo((a + b) / 2, 10);
      expect(bits.errorOverSeeds).toBeCloseTo(Math.abs(a - b) / 2, 10);
    }
  });

  test("has the validations of every stage by the bases before them", () => {
    const { arms } = readStudy(small.out);
    const staged = arms.find(({ name }) => name === "mlm+mdlm");
    const logged = [
      ...metrics(trial("mlm+mdlm", 2, "1-mlm")).map((line) => [line, 0] as const),
      ...metrics(trial("mlm+mdlm", 2, "2-mdlm")).map((line) => [line, 7] as const),
    ].filter(([{ validBits }]) => validBits !== undefined);
    expect(staged?.trials[1]?.curve.map(({ tokens, bits }) => [tokens, bits])).toEqual(
      logged.map(([{ step, validBits }, before]) => [((step as number) + before) * 128, validBits]),
    );
    expect(staged?.trials[1]?.curve.at(-1)?.tokens).toBe(TOKENS);
  });

  test("has a row an arm and number of calls, that of ar a call a base, and real DNA beside them", async () => {
    const { references, design } = readStudy(small.out);
    const table = await columnsOf(small.out, "arms");
    const rows = (table.arm ?? []).map((arm, i) => [arm, table.calls?.[i], table.method?.[i]]);
    expect(rows.sort()).toEqual([
      ["ar", 32, "left-to-right"],
      ["mlm+mdlm", 16, "random-order"],
      ["mlm+mdlm", 4, "random-order"],
    ]);
    expect(references.map(({ name }) => name)).toEqual([
      "real DNA",
      ...[0, 3, 5].map((order) => `Markov order ${order}`),
    ]);
    expect([design.generated, design.compared]).toEqual([6, 6]);
  });

  test("is told on stdout, and the same is in files", () => {
    const { stdout } = small.done();
    expect(stdout).toMatch(/^(ar|mlm\+mdlm) (≤ )?\d\.\d{4} [<≈?] (ar|mlm\+mdlm) (≤ )?\d\.\d{4}\n/);
    expect(stdout).toContain(`report ${join(small.out, "report.html")}\n`);
    for (const name of ["report.html", "report.md"]) {
      const text = readFileSync(join(small.out, name), "utf8");
      expect(text).toContain("≤");
      expect(text).not.toMatch(/NaN|undefined/);
    }
  });
});

describe("the same command again", () => {
  test("runs nothing that is done; --json has the arms and the verdicts", async () => {
    const paths = readdirSync(join(small.out, "trials"), { recursive: true }) as string[];
    const times = () => paths.map((path) => statSync(join(small.out, "trials", path)).mtimeMs);
    const before = times();
    const again = await gdiff(small.argsFor(small.out, ["--json"]));
    expect(again).toMatchObject({ code: 0 });
    expect(times()).toEqual(before);
    const { trials, failed, arms, verdicts, report } = JSON.parse(again.stdout);
    expect([trials, failed, arms.length, verdicts.length]).toEqual([4, 0, 2, 1]);
    expect(readFileSync(report.html, "utf8")).toContain(verdicts[0].less);
  });

  test.each([
    [
      ["--set", "evaluate.batchSize=3"],
      /expected .*out to be of this study, but evaluate\.batchSize was 16, is now 3 \(/,
    ],
    [
      ["--set-for", "ar:train.lr=0.5"],
      /expected .*ar\/seed=1 to be of this study, but train\.lr was 0\.001, is now 0\.5 \(/,
    ],
    [["--set", "data.maxN=0.5"], /data\.maxN was 0\.05, is now 0\.5/],
  ])("with %j is refused", async (more, message) => {
    for (const dry of [[], ["--dry-run"]]) {
      const refused = await gdiff(small.argsFor(small.out, [...more, ...dry]));
      expect([refused.code, refused.stdout]).toEqual([2, ""]);
      expect(refused.stderr).toMatch(message);
    }
  });

  test("with other splits is refused", async () => {
    const args = small
      .argsFor(small.out)
      .map((arg) => (arg === "chrP:10,001-12,000" ? "chrP:10,001-11,500" : arg));
    const refused = await gdiff(args);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/data\.test was chrP:10,001-12,000, is now chrP:10,001-11,500/);
  });
});

test("other commands say where the runs of a study are", async () => {
  const { out } = small;
  const refusals = [
    [["evaluate", out], "pretrain"],
    [["report", out], "pretrain"],
    [["generate", out, "--count", "1"], "pretrain"],
    [["embed", out, join(small.folder, "genome.fa"), "--out", join(out, "e.tsv")], "pretrain"],
    [["finetune", out, "--train", join(small.folder, "placed.csv")], "pretrain"],
    [["pretrain", "--resume", "--out", out], "pretrain"],
    [["pretrain", "--genome", "demo", "--init", out, "--out", join(out, "no")], "pretrain"],
    [["predict", out, join(small.folder, "placed.csv")], "finetune"],
  ] as const;
  for (const [args, expected] of refusals) {
    const refused = await gdiff(args);
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [
        `gdiff: E_RUN: expected a run of gdiff ${expected}, got ${out}, a study of objectives: its runs are ${out}/trials/ARM/seed=N/1-OBJECTIVE`,
      ],
    ]);
  }
});

/** Kills the study and its trials `delayMs` after a trial began; whether it was still running. */
async function killAfter(out: string, delayMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const { code } = await gdiff(small.argsFor(out), (child, stderr) => {
    if (timer !== undefined || !/^\d+\/\d+ {2}/m.test(stderr)) return;
    timer = setTimeout(() => {
      const { pid } = child;
      if (pid === undefined || child.exitCode !== null) return;
      for (const one of [...childrenOf(pid), pid]) killById(one);
    }, delayMs);
  });
  clearTimeout(timer);
  expect([0, null]).toContain(code);
  return code === null;
}

test.skipIf(!canListChildren())(
  "killed, interrupted and terminated, it goes on to the same tables",
  async () => {
    const out = join(small.folder, "cut");
    expect(await killAfter(out, small.elapsedMs() / 6)).toBe(true);
    const began = /^\d+\/\d+ {2}/m;
    const interrupted = await gdiff(small.argsFor(out), signalAt(began, "SIGINT"));
    expect(interrupted.code).toBe(130);
    expect(interrupted.stderr).toMatch(
      /E_STOPPED: stopped by SIGINT with \d of 4 trials done; the same command goes on in .*cut$/m,
    );
    expect(await gdiff(small.argsFor(out), signalAt(began, "SIGTERM"))).toMatchObject({ code: 75 });
    expect(await gdiff(small.argsFor(out))).toMatchObject({ code: 0 });

    const bytes = [out, small.out].map((of) => readFileSync(join(of, "curves.arrow")));
    expect(bytes[0]?.equals(bytes[1] as Buffer)).toBe(true);
    for (const table of ["arms", "trials"] as const) {
      expect(await columnsOf(out, table)).toEqual(await columnsOf(small.out, table));
    }
    expect(reportOf(out)).toEqual(reportOf(small.out));
  },
  240_000,
);
