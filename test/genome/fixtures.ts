/** Temporary files, texts and failures, as the genome's tests need them. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A new empty folder, deleted when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gdiff-genome-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A new file in a new folder; its path. */
export function temporaryFile(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

/** `bytes` in pieces of `length`. */
export function pieces(bytes: Uint8Array, length: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += length) parts.push(bytes.slice(at, at + length));
  return parts;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Class and message of what `act` throws. */
export async function failure(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
    throw error;
  }
  throw new Error("expected a failure, but there was none");
}

/** A repeatable source of uniform integers below `bound` (a 32-bit linear congruential generator). */
export function dice(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** `count` letters out of `letters`. */
export function randomLetters(
  count: number,
  letters: string,
  roll: (bound: number) => number,
): string {
  let text = "";
  for (let i = 0; i < count; i++) text += letters[roll(letters.length)];
  return text;
}

/** `sequence` in lines of `lineBases`, each ended by `lineEnd`. */
export function wrapped(sequence: string, lineBases: number, lineEnd = "\n"): string {
  let text = "";
  for (let at = 0; at < sequence.length; at += lineBases) {
    text += sequence.slice(at, at + lineBases) + lineEnd;
  }
  return text;
}
