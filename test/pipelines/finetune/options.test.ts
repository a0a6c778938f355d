import { expect, test } from "vitest";
import { finetuneConfig } from "../../../pipelines/finetune/options.ts";
import { ConfigError, RunFolderError } from "../../../src/errors.ts";

const SCRATCH = { fromScratch: "nano", data: { train: "a.csv" } } as const;

test.each([
  [
    { data: { train: "a.csv" } },
    "expected RUN, the folder of a pretrained run, or --from-scratch PRESET, got neither",
  ],
  [
    { ...SCRATCH, run: "runs/a" },
    "expected RUN or --from-scratch, got both: runs/a and nano (a run brings its own network)",
  ],
  [{ fromScratch: "nano" }, "expected --set NAME or --train FILE, got neither"],
  [
    { fromScratch: "nano", data: { train: "a.csv", set: "cohn" } },
    "expected --set NAME or --train FILE, got both: cohn and a.csv",
  ],
  [
    { fromScratch: "nano", data: { train: "a.csv", fasta: "a.fa" } },
    "expected --fasta without --train, got both",
  ],
  [
    { fromScratch: "nano", data: { set: "cohn", sequenceColumn: "seq" } },
    "expected --sequence-column without --set, got both",
  ],
  [
    { fromScratch: "nano", data: { set: "cohn", groupColumn: "family" } },
    "expected --group-column without --set, got both",
  ],
  [
    { fromScratch: "nano", data: { train: "a.csv", groupColumn: "family", groups: "overlap" } },
    "expected --groups or --group-column, got both: overlap and family",
  ],
  [
    { fromScratch: "nano", data: { set: "cohn", genome: "hg38", fasta: "a.fa" } },
    "expected --genome or --fasta, got both: hg38 and a.fa",
  ],
  [
    { fromScratch: "nano", data: { train: "a.csv", validShare: 0.5, testShare: 0.5 } },
    "expected --valid-share and --test-share to leave something to train on, got 0.5 and 0.5",
  ],
  [
    { ...SCRATCH, fromScratch: "benchmark-cnn", train: { maskShare: 0.1 } },
    "expected --mask-share 0 with --from-scratch benchmark-cnn, which has no MASK, got 0.1",
  ],
  [
    { ...SCRATCH, fromScratch: "benchmark-cnn", train: { maskShare: "uniform" } },
    "expected --mask-share 0 with --from-scratch benchmark-cnn, which has no MASK, got uniform",
  ],
  [
    { ...SCRATCH, train: { maskShare: 1 } },
    "finetuneConfig: expected train.maskShare to be a number from 0 to below 1, or uniform, got 1 (number)",
  ],
  [{ ...SCRATCH, resume: true }, "expected --out with --resume, the run folder to go on with"],
] as const)("%o is refused", async (part, message) => {
  await expect(finetuneConfig(part)).rejects.toThrow(new ConfigError(message));
});

test("a folder that is no run is said to be none", async () => {
  const none = `${import.meta.dirname}/none`;
  const message = (command: string): string =>
    `expected a run folder, got ${none} without config.yaml: give the folder that gdiff ${command} printed`;
  await expect(finetuneConfig({ run: none, data: { train: "a.csv" } })).rejects.toEqual(
    new RunFolderError(message("pretrain")),
  );
  await expect(finetuneConfig({ resume: true, out: none })).rejects.toEqual(
    new RunFolderError(message("finetune")),
  );
  const whole = { ...SCRATCH, resume: true, out: none };
  expect((await finetuneConfig(whole)).resume).toBe(true); // begins there
});

test("more blocks than there are cannot be tuned", async () => {
  await expect(
    finetuneConfig({ ...SCRATCH, model: { layers: 2, tune: "last:3" } }),
  ).rejects.toEqual(
    new ConfigError(
      "expected --tune last:N with N of at most the 2 blocks of the network, got 3 (--tune all tunes everything)",
    ),
  );
});

test("the network is the preset's, what is said goes over it", async () => {
  const { model } = await finetuneConfig({ ...SCRATCH, model: { layers: 2 } });
  expect(model).toMatchObject({ width: 128, layers: 2, heads: 4, head: "linear", tune: "all" });
});

test("the published protocol: every value as its source has it", async () => {
  const { train, model, data } = await finetuneConfig({
    ...SCRATCH,
    preset: "genomic-benchmarks-caduceus",
  });
  expect(train).toMatchObject({
    ...{ epochs: 10, batchSize: 256, lr: 1e-3, minLrRatio: 0.1, warmup: 0.01, weightDecay: 0.1 },
    ...{ beta1: 0.9, beta2: 0.999, clip: 1, labelSmoothing: 0, select: "accuracy" },
  });
  expect(train.patience).toBeUndefined();
  expect([model.strand, model.head, data.validShare]).toEqual(["average", "linear", 0.1]);
});

test("a linear probe: a frozen backbone, rates that a mean over many bases needs", async () => {
  const { train, model } = await finetuneConfig({ ...SCRATCH, preset: "linear-probe" });
  expect([model.tune, model.head]).toEqual(["head", "linear"]);
  expect(train).toMatchObject({ lr: 0.3, weightDecay: 0, epochs: 50, select: "loss" });
});

test.each(["last:0", "last", "some"])("--tune %s is refused", async (tune) => {
  await expect(finetuneConfig({ ...SCRATCH, model: { tune: tune as "all" } })).rejects.toThrow(
    /^finetuneConfig: expected model\.tune to be all, head or last:N, N the number of blocks, got /,
  );
});
