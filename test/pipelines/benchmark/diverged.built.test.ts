/** Settings under which training diverges, among good ones and alone: the grid goes on without them. */

import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Finished } from "../../cli/spawn-program.ts";
import { plantedRows, writePlanted } from "../support/planted-set.ts";
import { gdiff, NETWORK, testFolder } from "../support/tiny-run.ts";
import { readRecord } from "./small-benchmark.ts";

const folder = testFolder();
const csv = join(folder, "planted.csv");
const GOOD = 0.01;
const DIVERGING = 1e6;

const benchmark = (
  out: string,
  lr: readonly number[],
  seeds: number,
  more: readonly string[] = [],
): Promise<Finished> =>
  gdiff([
    ...["benchmark", "--sets", csv, "--models", "kmer6,scratch", "--seeds", String(seeds)],
    ...["--lr", lr.join(","), "--batch", "16", "--epochs", "2", "--jobs", "2", ...NETWORK],
    ...["--out", join(folder, out), ...more],
  ]);
const trial = (out: string, lr: number, seed: number): string =>
  join(folder, out, `trials/planted/scratch/lr=${lr},batch=16/seed=${seed}`);
/** Names and times of the files of a folder. */
const filesOf = (path: string): unknown =>
  readdirSync(path).map((name) => [name, statSync(join(path, name)).mtimeMs]);

beforeAll(() => writePlanted(csv, plantedRows(60, 3)));

describe("among good ones", { timeout: 120_000 }, () => {
  let done: Finished;
  beforeAll(async () => {
    done = await benchmark("among", [DIVERGING, GOOD], 2);
    expect(done).toMatchObject({ code: 0 });
  }, 120_000);
  const again = () => benchmark("among", [DIVERGING, GOOD], 2, ["--json"]);

  test("its trials fail alone, with what training said", () => {
    const record = readRecord(join(folder, "among"));
    const reason = expect.stringMatching(
      /^expected a finite loss and gradient norm at step \d+, .* lengthen the warm-up; its sequences /,
    );
    expect(record.sets[0]?.failures).toEqual(
      [1, 2].map((seed) => ({
        ...{ model: "scratch", label: "same network from scratch", seed, reason },
        settings: { lr: DIVERGING, batchSize: 16 },
        folder: `trials/planted/scratch/lr=${DIVERGING},batch=16/seed=${seed}`,
      })),
    );
    for (const seed of [1, 2]) {
      expect(done.stderr).toMatch(
        new RegExp(`^trial planted scratch lr=1000000,batch=16 seed=${seed} failed, .*finite`, "m"),
      );
      expect(done.stdout).toMatch(
        new RegExp(`^failed: planted: same .*, lr 1000000, .*, seed ${seed}: expected a fin`, "m"),
      );
    }
  });

  test("it is not chosen, though it was given first", () => {
    const scratch = readRecord(join(folder, "among")).sets[0]?.models.at(-1);
    const settings = { lr: GOOD, batchSize: 16 };
    expect(scratch?.seeds.map((seed) => seed.settings)).toEqual([settings, settings]);
    expect(scratch?.tried).toEqual(
      [1, 2].map((seed) => ({
        ...{ seed, settings, isChosen: true },
        validAccuracy: scratch?.seeds[seed - 1]?.validAccuracy,
      })),
    );
  });

  test("page and Markdown name them", () => {
    const at = (name: string): string => readFileSync(join(folder, "among", name), "utf8");
    expect(at("report.html")).toContain('aria-label="Trials that failed"');
    expect(at("report.md")).toMatch(
      /^\| same network from scratch \| lr 1000000, batchSize 16 \| 2 \| expected a finite loss/m,
    );
  });

  test("the same command does not try them again, until their folder is deleted", async () => {
    const [first, second] = [1, 2].map((seed) => trial("among", DIVERGING, seed)) as [
      string,
      string,
    ];
    const [before, report] = [filesOf(second), readRecord(join(folder, "among"))];
    rmSync(first, { recursive: true });
    const resumed = await again();
    expect(resumed.code).toBe(0);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ trials: 2 + 4, failed: 2 });
    expect(resumed.stderr.match(/^trial .* failed/gm)).toHaveLength(1);
    expect(readdirSync(first)).toContain("failed.json");
    expect(filesOf(second)).toEqual(before);
    expect(readRecord(join(folder, "among")).sets).toEqual(report.sets);
  });

  test("a trial that failed on other sequences is refused", async () => {
    writePlanted(csv, plantedRows(60, 4));
    rmSync(join(folder, "among", "data"), { recursive: true });
    rmSync(join(folder, "among", "trials/planted/kmer6"), { recursive: true });
    const refused = await again();
    writePlanted(csv, plantedRows(60, 3));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /expected the trial in .*lr=1000000.* to be of this benchmark, but its training and valid/,
    );
  });
});

test("where there is no other setting, the report says so and has the baselines", async () => {
  const done = await benchmark("alone", [DIVERGING], 1);
  expect(done.code).toBe(0);
  const sentence =
    "Same network from scratch HAS NO RESULT: a trial failed in each of its settings.";
  expect(done.stdout).toContain(`planted: ${sentence}\n`);
  const [set] = readRecord(join(folder, "alone")).sets;
  expect(set?.models.map(({ name }) => name)).toEqual(["kmer6"]);
  expect([set?.differences, set?.failures.length]).toEqual([[], 1]);
  expect(readFileSync(join(folder, "alone", "report.html"), "utf8")).toContain(sentence);
}, 120_000);
