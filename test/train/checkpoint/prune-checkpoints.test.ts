import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FileError } from "../../../src/errors.ts";
import { pruneCheckpoints } from "../../../src/train/checkpoint/prune-checkpoints.ts";
import { writeCheckpoint } from "../../../src/train/checkpoint/write-checkpoint.ts";
import { filesOfStep, temporaryRunFolder } from "../../support/run-folders.ts";

const disk = vi.hoisted(() => ({ failing: undefined as "rename" | "rm" | undefined }));

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  const check = (syscall: "rename" | "rm"): void => {
    if (disk.failing !== syscall) return;
    throw Object.assign(new Error("EACCES: injected"), { code: "EACCES", syscall });
  };
  const rename = async (from: string, to: string): Promise<void> => {
    check("rename");
    await real.rename(from, to);
  };
  const rm = async (path: string, options: { recursive: boolean }): Promise<void> => {
    check("rm");
    await real.rm(path, options);
  };
  return { ...real, rename, rm };
});

afterEach(() => {
  disk.failing = undefined;
});

async function runWithSteps(...steps: readonly number[]): Promise<string> {
  const run = temporaryRunFolder();
  for (const step of steps)
    await writeCheckpoint(run, step, filesOfStep(step), { gdiffVersion: "1.0.0" });
  return run;
}

const names = (run: string): string[] => readdirSync(join(run, "checkpoints")).sort();
const breakStep = (run: string, step: number): void =>
  truncateSync(join(run, "checkpoints", `step-${step}`, "state.json"), 3);

describe("pruneCheckpoints", () => {
  it("keeps the newest and deletes the older ones", async () => {
    const run = await runWithSteps(8, 9, 10, 11);
    const deleted = await pruneCheckpoints(run, 2);
    expect(deleted).toEqual([9, 8].map((step) => join(run, "checkpoints", `step-${step}`)));
    expect(names(run)).toEqual(["step-10", "step-11"]);
  });

  it("deletes nothing while there are few, or none", async () => {
    const run = await runWithSteps(8, 9);
    expect(await pruneCheckpoints(run, 3)).toEqual([]);
    expect(names(run)).toEqual(["step-8", "step-9"]);
    expect(await pruneCheckpoints(temporaryRunFolder(), 2)).toEqual([]);
  });

  it("counts only checkpoints that verify, so a broken new one never costs a good old one", async () => {
    const run = await runWithSteps(8, 9, 10, 11);
    breakStep(run, 11);
    await pruneCheckpoints(run, 2);
    expect(names(run)).toEqual(["step-10", "step-11", "step-9"]);
    breakStep(run, 9);
    expect(await pruneCheckpoints(run, 2)).toEqual([]);
    expect(names(run)).toEqual(["step-10", "step-11", "step-9"]);
  });

  it("deletes nothing when all are broken", async () => {
    const run = await runWithSteps(8, 9, 10);
    for (const step of [8, 9, 10]) breakStep(run, step);
    expect(await pruneCheckpoints(run, 2)).toEqual([]);
    expect(names(run)).toHaveLength(3);
  });

  it("clears what dead processes, this process and earlier steps left, and nothing else", async () => {
    const run = await runWithSteps(10);
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    const kept = [`.step-11.tmp-${process.ppid}-aa`, ".step-11.tmp", "notes", ".step-x.tmp-1-aa"];
    const cleared = [
      `.step-11.tmp-${dead}-aa`,
      `.step-11.tmp-${process.pid}-aa`,
      `.step-10.tmp-${process.ppid}-aa`,
    ];
    for (const name of [...kept, ...cleared]) {
      mkdirSync(join(run, "checkpoints", name));
      writeFileSync(join(run, "checkpoints", name, "model.safetensors"), "x");
    }
    await pruneCheckpoints(run, 2);
    expect(names(run)).toEqual([...kept, "step-10"].sort());
  });

  it("says which checkpoint it may not delete", async () => {
    const run = await runWithSteps(1, 2, 3);
    const remedy = "give this user the right to, or choose another run folder";
    disk.failing = "rename";
    await expect(pruneCheckpoints(run, 2)).rejects.toThrow(
      new FileError(
        `${join(run, "checkpoints", "step-1")}: no permission to delete it (EACCES): ${remedy}`,
      ),
    );
    expect(names(run)).toEqual(["step-1", "step-2", "step-3"]);
    disk.failing = "rm";
    await expect(pruneCheckpoints(run, 2)).rejects.toThrow(
      `no permission to delete it (EACCES): ${remedy}`,
    );
    disk.failing = undefined;
    await pruneCheckpoints(run, 2);
    expect(names(run)).toEqual(["step-2", "step-3"]);
  });

  it.each([1, 0, -1, 2.5, Number.NaN])("refuses to keep %s", async (keep) => {
    await expect(pruneCheckpoints("unused", keep)).rejects.toThrow(
      new RangeError(`internal: expected to keep at least 2 checkpoints, got ${keep}`),
    );
  });
});
