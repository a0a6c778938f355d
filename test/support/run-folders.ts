/** Temporary run folders and small checkpoints for tests. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A new empty folder, deleted when the test ends. */
export function temporaryRunFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gdiff-run-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function textBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The files of a checkpoint, different at every step. */
export function filesOfStep(step: number): Record<string, Uint8Array> {
  return {
    "model.safetensors": textBytes(`weights of step ${step}`),
    "state.json": textBytes(JSON.stringify({ step })),
    "empty.bin": new Uint8Array(),
  };
}

/** A new folder on a disk of its own of `size` (`16k`) until the test ends; undefined, with a printed reason, without root. */
export function temporarySmallDisk(size: string): string | undefined {
  const folder = temporaryRunFolder();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder], {
      stdio: "ignore",
    });
  } catch {
    console.warn("skipped: a small tmpfs cannot be mounted here (needs root)");
    return undefined;
  }
  onTestFinished(() => {
    execFileSync("umount", [folder]);
  });
  return folder;
}
