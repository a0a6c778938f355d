/** A study of all objectives, on one preset whose noise some of them do not have: each is in the table, with its samples. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { OBJECTIVE_NAMES } from "../../../src/diffusion/objective.ts";
import { writePlacedSet } from "../benchmark/small-sets.ts";
import { gdiff, TINY, testFolder } from "../support/tiny-run.ts";
import { readStudy } from "./small-study.ts";

const folder = testFolder();

test("every objective has bits, a curve and the k-mers of its samples", async () => {
  const [out, fasta] = [join(folder, "out"), join(folder, "genome.fa")];
  writePlacedSet(fasta, join(folder, "placed.csv"), 10);
  const made = await gdiff([
    ...["study", "objectives", "--fasta", fasta, "--train", "chrP:1-9,000"],
    ...["--valid", "chrP:9,001-10,000", "--test", "chrP:10,001-12,000", "--preset", "hg38-small"],
    ...["--objectives", OBJECTIVE_NAMES.join(","), "--tokens", "256", "--seeds", "1", ...TINY],
    ...["--set-for", "bd3:model.blockLength=8", "--set", "train.validWindows=4", "--windows", "8"],
    ...["--draws", "2", "--count", "4", "--calls", "8", "--jobs", "2", "--out", out],
  ]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  const { arms, failures } = readStudy(out);
  expect(failures).toEqual([]);
  expect(arms.map(({ name }) => name).sort()).toEqual([...OBJECTIVE_NAMES].sort());
  for (const { name, kind, trials, samples } of arms) {
    expect([name, kind]).toEqual([name, name === "ar" ? "exact" : "bound"]);
    expect(trials[0]?.curve.length).toBeGreaterThan(0);
    expect(samples.map(({ calls }) => calls)).toEqual([name === "ar" ? 32 : 8]);
    for (const { bits } of samples[0]?.divergences ?? []) expect(bits).toBeGreaterThan(0);
  }
  const cosine = arms.filter(({ stages }) => stages[0]?.own.includes("train.noise=cosine"));
  expect(cosine.map(({ name }) => name).sort()).toEqual(["mdlm", "sedd", "sedd-uniform", "udlm"]);
}, 180_000);
