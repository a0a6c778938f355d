import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readTrainingLog } from "../../../pipelines/finetune/training-log.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gdiff-log-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("an epoch is a point; the seconds are those of the last line", async () => {
  const lines = [
    { step: 1, epoch: 1 / 3, lossNats: 0.5, seconds: 1 },
    { step: 2, epoch: 2 / 3, lossNats: 0.25, seconds: 2 },
    { step: 3, epoch: 1, lossNats: 0.75, seconds: 3, validAccuracy: 0.5, validLossNats: 0.625 },
    { step: 4, epoch: 4 / 3, lossNats: 0.125, seconds: 3.5 },
    { step: 5, epoch: 5 / 3, lossNats: 0.25, seconds: 4 },
    { step: 6, epoch: 2, lossNats: 0, seconds: 5, validAccuracy: 0.75, validLossNats: 0.375 },
  ];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  writeFileSync(join(folder, "metrics.jsonl"), text);
  expect(await readTrainingLog(folder)).toEqual({
    curve: [
      { epoch: 1, trainLossNats: 0.5, validLossNats: 0.625, validAccuracy: 0.5 },
      { epoch: 2, trainLossNats: 0.125, validLossNats: 0.375, validAccuracy: 0.75 },
    ],
    seconds: 5,
  });
});

test("what is not trained in epochs has no curve", async () => {
  expect(await readTrainingLog(folder)).toEqual({ curve: [], seconds: undefined });
});
