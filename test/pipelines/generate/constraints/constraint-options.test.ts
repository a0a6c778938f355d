/** Constraints as options: from a program, and from a file with its lines. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { chooseMethod } from "../../../../pipelines/generate/check-method.ts";
import { checkConstraints } from "../../../../pipelines/generate/constraints/check-constraints.ts";
import type { Constraints } from "../../../../pipelines/generate/constraints/options.ts";
import {
  parseConstraints,
  readConstraints,
} from "../../../../pipelines/generate/constraints/read-constraints.ts";
import {
  generateConfig,
  generateOptions,
  resolveGenerate,
} from "../../../../pipelines/generate/options.ts";
import { commandLineLayer } from "../../../../src/config/command-line-layer.ts";
import { flattenOptions } from "../../../../src/config/option-table.ts";
import { noiseSchedule } from "../../../../src/diffusion/noise.ts";
import { udlm } from "../../../../src/diffusion/udlm.ts";
import { ConfigError, FileError, UsageError } from "../../../../src/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "gdiff-constraints-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FLAT = flattenOptions(generateOptions);

/** The constraints of flags, each given with its texts. */
function flags(given: Record<string, string[]>): object {
  const layer = commandLineLayer(new Map([["run", ["r"]], ...Object.entries(given)]), [], FLAT);
  return resolveGenerate([layer]).constraints;
}

describe("flags", () => {
  test("take lists by commas and repetition", () => {
    expect(flags({ "--forbid": ["EcoRI, BamHI", "GGATCC"] })).toEqual({
      ...{ tries: 16, forbid: ["EcoRI", "BamHI", "GGATCC"] },
    });
    // Two of one motif are two motifs.
    expect(flags({ "--insert": ["TTT@9~8,TTT@9~8"] })).toMatchObject({
      insert: ["TTT@9~8", "TTT@9~8"],
    });
    expect(
      flags({ "--gc-window": ["50"], "--no-stops": ["-1"], "--max-homopolymer": ["6"] }),
    ).toEqual({ tries: 16, gcWindow: "50", noStops: ["-1"], maxHomopolymer: 6 });
  });

  test.each([
    [
      "--forbid",
      "EcoRI,BamH1",
      'expected --forbid to be an enzyme such as EcoRI or IUPAC letters such as GGTNACC (BamHI?), got "BamH1" (string)',
    ],
    [
      "--flank5",
      "AC-T",
      'expected --flank5 to be 1 to 1000 IUPAC letters of DNA, got "AC-T" (string)',
    ],
    [
      "--insert",
      "TATA",
      'expected --insert to be IUPAC letters at a position from 1, TATAWAW@70, or near it, TATAWAW@70~5, got "TATA" (string)',
    ],
    [
      "--no-stops",
      "4",
      'expected --no-stops to be a frame 1, 2, 3, -1, -2 or -3, or of a part of the sequence, 10-99:1, got "4" (string)',
    ],
    [
      "--gc",
      "40-60",
      'expected --gc to be two shares from 0 to 1, the smaller first, such as 0.4-0.6, got "40-60" (string)',
    ],
    [
      "--gc-window",
      "0",
      'expected --gc-window to be a number of bases such as 50, or with its own shares 50:0.3-0.7, got "0" (string)',
    ],
    [
      "--pwm",
      "m.meme",
      'expected --pwm to be a matrix at a position from 1, motifs.meme:TBP@70, got "m.meme" (string)',
    ],
    [
      "--potential",
      "m.meme",
      'expected --potential to be kmers:FILE.tsv or pwm:FILE.meme:NAME, got "m.meme" (string)',
    ],
    ["--particles", "1", "expected --particles to be an integer from 2, got 1 (number)"],
  ])("refuse %s %s", (flag, value, message) => {
    expect(() => flags({ [flag]: [value] })).toThrow(new UsageError(message));
  });
});

test("a program gives the same texts", () => {
  const constraints = { forbid: ["EcoRI"], gc: "0.4-0.6" };
  expect(generateConfig({ run: "r", constraints }).constraints).toEqual({
    tries: 16,
    ...constraints,
  });
  expect(() => generateConfig({ run: "r", constraints: { forbid: ["Eco"] } })).toThrow(ConfigError);
});

describe("a file of constraints", () => {
  test("has the flags' names as keys", () => {
    const text = `# promoter
forbid: [EcoRI, GGTNACC]   # both strands
maxHomopolymer: 6
insert: TATAWAW@70~5
gc: 0.4-0.6
gcWindow: 50
noStops:
  - 1
  - 10-99:-1
gcTarget: 0.5
flank5: ~
`;
    expect(parseConstraints(text, "c.yaml")).toEqual({
      ...{ forbid: ["EcoRI", "GGTNACC"], maxHomopolymer: 6, insert: ["TATAWAW@70~5"] },
      ...{ gc: "0.4-0.6", gcWindow: "50", noStops: ["1", "10-99:-1"], gcTarget: 0.5 },
    });
    expect(parseConstraints("", "c.yaml")).toEqual({});
  });

  test.each([
    [
      "gc: 0.4-0.6\nmaxHomoplymer: 6\n",
      "c.yaml line 2: unknown key maxHomoplymer: did you mean maxHomopolymer?",
    ],
    [
      "gc: 0.4-0.6\n\nforbid:\n  - EcoRI\n  - HindII\n",
      'c.yaml line 3: expected forbid to be an enzyme such as EcoRI or IUPAC letters such as GGTNACC (HindIII?), got "HindII" (string)',
    ],
    [
      "maxHomopolymer: six\n",
      'c.yaml line 1: expected maxHomopolymer to be a positive integer, got "six" (string)',
    ],
    [
      "insert: {motif: TATA}\n",
      "c.yaml line 1: expected insert to be IUPAC letters at a position from 1, TATAWAW@70, or near it, TATAWAW@70~5, got a mapping",
    ],
    ["- forbid\n", "c.yaml: expected constraints to be a mapping, got a list"],
    ["gc: 0.4-0.6\ngc: 0.3-0.5\n", "c.yaml line 2: expected YAML: Map keys must be unique"],
    [
      "gc: [0.4\n",
      "c.yaml line 2: expected YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    ["tries: 3\n", "c.yaml line 1: unknown key tries"],
    ["? [a]\n: 1\n", "c.yaml line 1: unknown key ?"],
  ])("%j is refused with its line", (text, message) => {
    expect(() => parseConstraints(text, "c.yaml")).toThrow(new ConfigError(message));
  });

  test("that is not there is said", async () => {
    await expect(readConstraints(join(folder, "none.yaml"))).rejects.toThrow(FileError);
    writeFileSync(join(folder, "c.yaml"), "gc: 0.4-0.6");
    expect(await readConstraints(join(folder, "c.yaml"))).toEqual({ gc: "0.4-0.6" });
  });
});

describe("constraints that go with nothing else", () => {
  const check = (asked: Constraints, sample: object = {}, prompt?: string): void =>
    checkConstraints(
      asked,
      chooseMethod(
        generateConfig({ run: "r", sample, ...(prompt === undefined ? {} : { prompt }) }),
        { name: "mdlm", attention: "full", process: "absorbing" },
      ),
    );

  test.each([
    [
      { mask: "a.bed" },
      {},
      "expected --prompt with --mask: its regions are those of the prompt's records",
    ],
    [
      { iupac: "a.fa" },
      { length: 9 },
      "expected --iupac or --length, got both: the letters have their own length",
    ],
    [{ gcWindow: "50" }, {}, "expected --gc with --gc-window 50, or its own share, 50:0.4-0.6"],
    [{ pwmWeight: 2 }, {}, "expected --pwm with --pwm-weight, got no matrix to weigh"],
    [
      { potentialWeight: 2 },
      {},
      "expected --potential with --potential-weight, got no score to weigh",
    ],
    [
      { potential: ["kmers:a"] },
      {},
      "expected --particles with --potential: designs are drawn among them by their scores",
    ],
    [
      { particles: 4 },
      { method: "ancestral" },
      "expected --method random-order with --particles, got ancestral",
    ],
    [
      { particles: 4 },
      { temperature: 0 },
      "expected a --temperature above 0, got 0: --particles are weighed by the model's probabilities",
    ],
    [
      { particles: 4 },
      { topP: 0.9 },
      "expected --top-p 1, got 0.9: --particles are weighed by the model's probabilities",
    ],
    [{ particles: 4 }, { stride: 8 }, "expected --particles or --stride, got both"],
    [{ pwm: ["m.meme@1"] }, { stride: 8 }, "expected --pwm or --stride, got both"],
    [{ gcTarget: 0.5 }, { stride: 8 }, "expected --gc-target or --stride, got both"],
    [{ insert: ["A@5~2"] }, { stride: 8 }, "expected --insert with ~ or --stride, got both"],
  ] as const)("%o with %o", (asked, sample, message) => {
    expect(() => check(asked, sample)).toThrow(new ConfigError(message));
  });

  test.each([
    [{ gcTarget: 0.5 }, "--gc-target"],
    [{ pwm: ["m.meme@1"] }, "--pwm"],
  ])("%o of a run that redraws bases", (asked, flag) => {
    const config = chooseMethod(
      generateConfig({ run: "runs/u" }),
      udlm(noiseSchedule("loglinear")),
    );
    expect(() => checkConstraints(asked, config)).toThrow(
      new ConfigError(
        `expected a run that fills in hidden bases with ${flag}, got runs/u, which redraws bases`,
      ),
    );
  });

  test("others are taken", () => {
    check({ mask: "a.bed" }, {}, "p.fa");
    check({ gcWindow: "50:0.4-0.6", insert: ["A@5"] }, { stride: 8 });
    check({ particles: 4, potential: ["kmers:a"], potentialWeight: 2 }, { calls: 9 });
  });
});
