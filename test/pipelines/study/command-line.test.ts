import { expect, test } from "vitest";
import { studyCommandLine } from "../../../pipelines/study/command-line.ts";
import { resolveStudy, studyConfig, studyOptions } from "../../../pipelines/study/options.ts";
import { flattenOptions } from "../../../src/config/option-table.ts";
import { lineLayer } from "../support/line-layer.ts";

const OPTIONS = flattenOptions(studyOptions);
const STUDY = {
  ...{ objectives: ["mdlm", "ar"], tokens: 1e6, out: "/tmp/o" },
  data: { genome: "demo" },
} as const;

test.each([
  [{}],
  [{ preset: "hg38-small", seeds: 2 }],
  // Defaults, which this preset is not.
  [{ preset: "hg38-small", train: { noise: "loglinear", batchSize: 2 }, model: { width: 60 } }],
  [{ train: { clip: null }, setFor: ["ar:train.lr=5e-4", "mdlm:train.noise=cosine"] }],
] as const)("a command that makes the same configuration of %o", async (part) => {
  const config = await studyConfig({ ...STUDY, ...part });
  const line = await studyCommandLine(config);
  expect(await resolveStudy([lineLayer(line, "study objectives", OPTIONS)])).toEqual(config);
});

test("what the preset says is not written out, what differs from it is", async () => {
  const train = { noise: "loglinear" } as const;
  const config = await studyConfig({ ...STUDY, preset: "hg38-small", train });
  expect(await studyCommandLine(config)).toBe(
    "gdiff study objectives --objectives mdlm,ar --tokens 1000000 --preset hg38-small --genome demo --set train.noise=loglinear --out /tmp/o",
  );
});
