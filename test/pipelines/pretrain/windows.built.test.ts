import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { uniforms } from "../support/seeded.ts";
import {
  errorLines,
  gdiff,
  outcomeOf,
  pretrain,
  STEPPING,
  signalAt,
  testFolder,
} from "../support/tiny-run.ts";

const folder = testFolder();
const fasta = join(folder, "a.fa");
const inFolder = (name: string): string => join(folder, name);

beforeAll(() => {
  const bases = uniforms(20, 6000).map((uniform) => "ACGT"[Math.floor(4 * uniform)] as string);
  bases.splice(4000, 1000, ..."acgta".repeat(200));
  writeFileSync(fasta, `>1\n${bases.join("")}\n`);
});

describe("rows of a BED, extended, without a blacklist", () => {
  const STEPS = 12;
  const bed = inFolder("rows.bed");
  const exclude = inFolder("black.bed");
  const args = [
    ...["--fasta", fasta, "--bed", bed, "--extend", "512", "--exclude", exclude],
    ...["--steps", String(STEPS)],
  ];
  beforeAll(() => {
    const rows = [
      ...Array.from({ length: 20 }, (_, i) => `1\t${100 * i}\t${100 * i + 100}\tfold0`),
      "1\t2600\t2700\tfold4",
      "1\t5900\t6000\tfold3",
    ];
    writeFileSync(bed, `${rows.join("\n")}\n`);
    writeFileSync(exclude, "1\t1000\t1010\n");
  });

  test("train, stop, go on to the same bytes, and are evaluated", async () => {
    const whole = await pretrain([...args, "--out", inFolder("whole")]);
    expect([whole.code, whole.stderr]).toEqual([
      0,
      expect.stringContaining("extended to 512 bases"),
    ]);
    const stopped = await pretrain(
      [...args, "--out", inFolder("stopped")],
      signalAt(STEPPING, "SIGTERM"),
    );
    expect(stopped.code).toBe(75);
    expect(readdirSync(join(inFolder("stopped"), "checkpoints"))).not.toContain(`step-${STEPS}`);
    const resumed = await pretrain(["--resume", "--out", inFolder("stopped")]);
    expect(resumed.code).toBe(0);
    expect(outcomeOf(inFolder("stopped"), STEPS)).toEqual(outcomeOf(inFolder("whole"), STEPS));

    const scored = await gdiff(["evaluate", inFolder("whole"), "--json", "--draws", "1"]);
    expect(scored.code).toBe(0);
    expect(JSON.parse(scored.stdout)).toMatchObject({ uncoveredBases: 0, scores: { windows: 16 } });
  });
});

describe("limits on windows", () => {
  const dryRun = (args: readonly string[]): ReturnType<typeof pretrain> =>
    pretrain(["--fasta", fasta, "--dry-run", ...args]);

  test.concurrent("that few windows pass are said", async () => {
    const few = ["--train", "1:3,901-5,100", "--valid", "1:1-100", "--max-soft-masked", "0.5"];
    const { code, stderr } = await dryRun(few);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(
        /^8 of the first \d+ windows are within the limits: the others are replaced, so windows repeat more often$/m,
      ),
    ]);
  });

  test.concurrent("that refuse nothing in an upper-case file are said", async () => {
    const upper = ["--train", "1:1-3,000", "--valid", "1:3,001-3,100", "--max-soft-masked", "0.5"];
    expect((await dryRun(upper)).stderr).toContain(
      `--max-soft-masked may refuse nothing: no base of the first 8 windows is lower case in ${fasta}\n`,
    );
  });

  test.concurrent("that no window passes are refused before anything is made", async () => {
    const none = ["--train", "1:4,001-5,000", "--valid", "1:1-100", "--max-soft-masked", "0.1"];
    const finished = await dryRun(none);
    expect([finished.code, errorLines(finished)]).toEqual([
      1,
      [
        `gdiff: E_REGION: expected windows with at most 5 % N (--max-n) and 10 % soft-masked (--max-soft-masked) in the training regions of ${fasta}, ` +
          "4,096 windows were looked at and none is: check the regions or raise the limit",
      ],
    ]);
  });

  test.concurrent.each([
    [["--valid-fold", "fold1"], "expected --bed with --valid-fold, which is about its rows"],
    [["--extend", "2048"], "expected --bed with --extend, which is about its rows"],
    [
      ["--bed", "a.bed", "--extend", "31"],
      "expected --extend of at least --length (32 bases), got 31: a row holds no window",
    ],
  ])("%j is refused", async (args, reason) => {
    const finished = await dryRun(args);
    expect([finished.code, errorLines(finished)]).toEqual([2, [`gdiff: E_CONFIG: ${reason}`]]);
  });
});
