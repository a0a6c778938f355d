/** Temporary run folders and small checkpoints for tests. */

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
