/** Groups of overlapping sequences are found once for all trials of a set, and are those that `gdiff finetune` finds. */

import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { plantedRows, writePlanted } from "../support/planted-set.ts";
import { gdiff, gdiffWith, NETWORK, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const inFolder = (name: string): string => join(folder, name);
const csv = inFolder("twice.csv");
const SHARES = ["--valid-share", "0.2", "--test-share", "0.2"];
const BENCHMARK = [
  ...["benchmark", "--sets", csv, "--groups", "overlap", ...SHARES, "--seeds", "2"],
  ...["--models", "kmer6,scratch", "--epochs", "1", "--out", inFolder("out"), ...NETWORK],
];
const trial = (seed: number): string =>
  inFolder(`out/trials/twice/scratch/lr=0.001,batch=64/seed=${seed}`);

beforeAll(() => {
  const rows = plantedRows(40, 5);
  writePlanted(csv, [...rows, ...rows.map((row) => ({ ...row, id: `${row.id}-again` }))]);
});

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly count: number }[];
    }[];
  }[];
}

/** Runs gdiff, and counts the calls of functions in all of its processes, as V8 does for NODE_V8_COVERAGE. */
async function countCalls(name: string, args: readonly string[]) {
  mkdirSync(inFolder(name));
  const { code } = await gdiffWith("NODE_V8_COVERAGE", inFolder(name), args);
  const processes = readdirSync(inFolder(name)).map(
    (file) => JSON.parse(readFileSync(join(inFolder(name), file), "utf8")) as Coverage,
  );
  const callsOf = (file: string, called: string): number =>
    processes
      .flatMap(({ result }) => result.filter(({ url }) => url.endsWith(`/dist/${file}`)))
      .flatMap(({ functions }) => functions.filter((one) => one.functionName === called))
      .reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
  return {
    ...{ code, processes: processes.length },
    groupings: callsOf("src/data/labelled/kmer-groups.js", "kmerGroups"),
    splits: callsOf("src/data/labelled/grouped-split.js", "groupedSplit"),
  };
}

describe("groups", { timeout: 120_000 }, () => {
  test("are found once by all processes, and not again by a benchmark that goes on", async () => {
    const begun = await countCalls("begun", BENCHMARK);
    expect(begun).toMatchObject({ code: 0, processes: 3, groupings: 1 }); // itself, and a child a network's trial
    expect(begun.splits).toBeGreaterThanOrEqual(4); // the calls of a process without groupings are counted too
    expect(await countCalls("again", BENCHMARK)).toMatchObject({
      code: 0,
      processes: 1,
      groupings: 0,
    });
  });

  /** What training and validation would be of `gdiff finetune` with these arguments. */
  const drawn = async (args: readonly string[]): Promise<string> => {
    const { stdout } = await gdiff(["finetune", ...args, "--dry-run", "--json"]);
    return JSON.parse(stdout).dataSha256;
  };
  const result = (seed: number): string =>
    JSON.parse(readFileSync(join(trial(seed), "result.json"), "utf8")).dataSha256;

  test("are those that finetune finds by itself", async () => {
    const args = ["--train", csv, ...SHARES, "--seed", "2", "--from-scratch", "nano"];
    expect(await drawn([...args, "--groups", "overlap"])).toBe(result(2));
    expect(await drawn(args)).not.toBe(result(2));
  });

  test("a trial's config.yaml draws the same parts again", async () => {
    const config = join(trial(1), "config.yaml");
    expect(await drawn(["--config", config, "--out", inFolder("again-by-hand")])).toBe(result(1));
    expect(readFileSync(config, "utf8")).toMatch(/^ {2}groupColumn: group$/m);
  });
});
