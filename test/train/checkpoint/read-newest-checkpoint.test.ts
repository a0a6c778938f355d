import { existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CheckpointError, FileError } from "../../../src/errors.ts";
import { readNewestCheckpoint } from "../../../src/train/checkpoint/read-newest-checkpoint.ts";
import { writeCheckpoint } from "../../../src/train/checkpoint/write-checkpoint.ts";
import { filesOfStep, temporaryRunFolder } from "../../support/run-folders.ts";

async function runWithSteps(...steps: readonly number[]): Promise<string> {
  const run = temporaryRunFolder();
  for (const step of steps)
    await writeCheckpoint(run, step, filesOfStep(step), { gdiffVersion: "1.0.0" });
  return run;
}

const file = (run: string, step: number, name: string): string =>
  join(run, "checkpoints", `step-${step}`, name);

describe("readNewestCheckpoint", () => {
  it("reads the highest step, by number and not by text", async () => {
    const run = await runWithSteps(100, 9, 20);
    const { checkpoint, skipped } = await readNewestCheckpoint(run);
    expect(checkpoint).toMatchObject({ step: 100, files: filesOfStep(100) });
    expect(skipped).toEqual([]);
  });

  it("finds none in a run that has none, or that does not exist", async () => {
    const run = temporaryRunFolder();
    expect(await readNewestCheckpoint(run)).toEqual({ checkpoint: undefined, skipped: [] });
    expect(await readNewestCheckpoint(join(run, "none"))).toEqual({
      checkpoint: undefined,
      skipped: [],
    });
    mkdirSync(join(run, "checkpoints"));
    expect(await readNewestCheckpoint(run)).toEqual({ checkpoint: undefined, skipped: [] });
  });

  it("falls back over broken ones and says why", async () => {
    const run = await runWithSteps(10, 20, 30);
    truncateSync(file(run, 30, "state.json"), 3);
    rmSync(file(run, 20, "manifest.json"));
    const { checkpoint, skipped } = await readNewestCheckpoint(run);
    expect(checkpoint).toMatchObject({ step: 10, files: filesOfStep(10) });
    expect(skipped).toEqual([
      {
        dir: join(run, "checkpoints", "step-30"),
        reason: `${file(run, 30, "state.json")}: expected 11 bytes, as the manifest says, got 3`,
      },
      {
        dir: join(run, "checkpoints", "step-20"),
        reason: `${file(run, 20, "manifest.json")}: expected a file, got none (was saving or copying interrupted?)`,
      },
    ]);
  });

  it("looks at no other name: temporary folders, copies, other spellings", async () => {
    const run = await runWithSteps(10);
    for (const name of [
      ".step-99.tmp-1-abc",
      "step-99.bak",
      "step-099",
      "step-",
      "step-1e3",
      "best",
      "step-99999999999999999",
    ]) {
      mkdirSync(join(run, "checkpoints", name));
    }
    expect(await readNewestCheckpoint(run)).toMatchObject({
      checkpoint: { step: 10 },
      skipped: [],
    });
  });

  it("fails when all are broken, and deletes nothing", async () => {
    const run = await runWithSteps(10, 20);
    truncateSync(file(run, 10, "state.json"), 3);
    writeFileSync(file(run, 20, "manifest.json"), "");
    await expect(readNewestCheckpoint(run)).rejects.toThrow(
      new CheckpointError(
        `${run}: expected a whole checkpoint, got 2 that are not, and nothing was deleted. ` +
          `The newest: ${file(run, 20, "manifest.json")}: expected JSON, got text that is not JSON`,
      ),
    );
    expect(readdirSync(join(run, "checkpoints")).sort()).toEqual(["step-10", "step-20"]);
    expect(existsSync(file(run, 10, "model.safetensors"))).toBe(true);
  });

  it("does not take a run folder that is a file for an empty run", async () => {
    const run = join(temporaryRunFolder(), "run");
    writeFileSync(run, "");
    await expect(readNewestCheckpoint(run)).rejects.toThrow(
      new FileError(`${join(run, "checkpoints")}: the disk failed to read it (ENOTDIR)`),
    );
  });
});
