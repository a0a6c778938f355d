/** The judge of the constraints' bench, and its tables. */

import { describe, expect, test } from "vitest";
import { brokenConstraints } from "../../bench/constraints/judge.ts";
import { randomRequest } from "../../bench/constraints/random-request.ts";
import { runBench } from "../../bench/main.ts";
import { addressedRandom } from "../../src/random/addressed.ts";

describe("the judge", () => {
  const letters = "NNNNNNNNNNNN";
  test.each([
    [{ flank5: "RA" }, "GATTTTTTTTTT", "CATTTTTTTTTT"],
    [{ flank3: "AC" }, "TTTTTTTTTTAC", "TTTTTTTTTTAG"],
    [{ insert: ["GGR@3"] }, "TTGGATTTTTTT", "TGGATTTTTTTT"],
    [{ insert: ["GGR@3~2"] }, "TTTTGGGTTTTT", "TTTTTGGGTTTT"],
    [{ forbid: ["BsaI"] }, "TTGGTCTATTTT", "TTTGAGACCTTT"],
    [{ forbid: ["GGN"] }, "TTTTTTTTTTGG", "TTTTTTTTTGGT"],
    [{ maxHomopolymer: 3 }, "ACGTTTACGTTT", "ACGTTTTACGTT"],
    [{ noStops: ["1"] }, "ATAAACAACCCC", "CCCTAACCCCCC"],
    [{ noStops: ["2-9:-2"] }, "CCCTTACCCCCC", "CCTTACCCCCCC"],
    [{ gc: "0.3-0.4" }, "GGCCTTTTTTTT", "GGGTTTTTTTTT"],
    [{ gcWindow: "4:0.2-0.8" }, "GTTTGTTTGTTT", "GTTTTGTTTGTT"],
  ])("of %j takes %s and refuses %s", (asked, good, bad) => {
    const broken = (bases: string): number => brokenConstraints({ letters, asked }, bases).length;
    expect([broken(good), broken(bad)]).toEqual([0, 1]);
  });

  test("reads the letters of positions", () => {
    const request = { letters: "ANRY", asked: {} };
    expect(brokenConstraints(request, "ACGT")).toEqual([]);
    expect(brokenConstraints(request, "ACCT")).toEqual(["ANRY"]);
  });
});

test("a request is that of its number", () => {
  const random = addressedRandom(1, "demoGenome");
  expect(randomRequest(random, 7)).toEqual(randomRequest(random, 7));
  const kinds = new Set(
    Array.from({ length: 40 }, (_, i) => Object.keys(randomRequest(random, i).asked)).flat(),
  );
  expect([...kinds].sort()).toEqual([
    ...["flank3", "flank5", "forbid", "gc", "gcWindow", "insert", "maxHomopolymer", "noStops"],
  ]);
});

describe("bench constraints", () => {
  const printed = async (...args: string[]): Promise<[code: number, out: string, err: string]> => {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await runBench(["constraints", ...args], {
      stdout: (text) => void out.push(text),
      stderr: (text) => void err.push(text),
    });
    return [code, out.join(""), err.join("")];
  };

  test("counts what breaks, of every sampler, and measures the law", async () => {
    const args = ["--designs", "115", "--each", "5", "--particles", "1,8", "--law-designs", "400"];
    const [code, out] = await printed(...args, "--json");
    const { rows, law } = JSON.parse(out);
    expect([code, rows.length]).toEqual([0, 23]);
    for (const { violations, designs } of rows) expect([violations, designs]).toEqual([0, 5]);
    expect(law.divergences[1].divergence).toBeLessThan(law.divergences[0].divergence);
    const [, tables] = await printed(...args);
    expect(tables).toMatch(/^all {2,}0 {2,}115 /m);
    expect(tables).toMatch(/^particles {2,}1 {2,}8$/m);
  });

  test("refuses what it does not know", async () => {
    const [code, , err] = await printed("--designs", "0");
    expect(code).toBe(2);
    expect(err).toContain("expected --designs to be a positive whole number, got 0");
    expect(err).toContain("npm run -s bench -- constraints");
  });
});
