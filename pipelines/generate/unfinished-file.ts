/**
 * What a generation has made so far, beside the file that it is to become. A line a sequence, each with its digest, under a first
 * line that says what it is a part of. A generation that was cut, by a signal, a kill or a power cut, goes on after the
 * last whole line; what comes after that is made again, to the same bytes.
 */

import { open, readFile, rm } from "node:fs/promises";
import { FileError } from "../../src/errors.ts";
import { errorCode } from "../../src/util/error-code.ts";
import { fileWriteError } from "../../src/util/file-write-error.ts";
import { sha256Hex } from "../../src/util/sha256.ts";
import type { GeneratedSequence } from "./generated-sequence.ts";

export interface UnfinishedFile {
  readonly path: string;
  /** Sequences of an earlier run, the first ones of the request, in order. */
  readonly finished: readonly GeneratedSequence[];
  append(sequences: readonly GeneratedSequence[]): Promise<void>;
  close(): Promise<void>;
  /** Closes and deletes it: all of it is where it belongs. */
  remove(): Promise<void>;
}

/**
 * Opens the unfinished file of `out`, or begins it.
 *
 * @param request digest of all that decides the bytes: run, settings, prompt, arithmetic
 * @throws {FileError} when it belongs to another request, or cannot be read or written
 */
export async function openUnfinished(out: string, request: string): Promise<UnfinishedFile> {
  const path = `${out}.unfinished`;
  const [first, ...lines] = wholeLines(await readText(path));
  if (first !== undefined && first !== request) throw foreignFile(path);
  const finished = inOrder(lines);
  try {
    const file = await open(path, "a");
    const write = async (texts: readonly string[]): Promise<void> => {
      await file.appendFile(texts.map(sealed).join("")).catch((cause: unknown) => {
        throw fileWriteError(path, cause);
      });
    };
    const kept = first === undefined ? [] : [first, ...lines.slice(0, finished.length)];
    await file.truncate(Buffer.byteLength(kept.map(sealed).join("")));
    if (first === undefined) await write([request]);
    return {
      path,
      finished,
      append: (sequences) => write(sequences.map((sequence) => JSON.stringify(sequence))),
      close: () => file.close(),
      async remove() {
        await file.close();
        await rm(path, { force: true });
      },
    };
  } catch (cause) {
    throw cause instanceof FileError ? cause : fileWriteError(path, cause);
  }
}

/** The lines up to the first that is cut or damaged, without their digests. */
function wholeLines(text: string): string[] {
  const lines = text.split("\n").slice(0, -1);
  const damaged = lines.findIndex((line) => `${line}\n` !== sealed(unsealed(line)));
  return (damaged < 0 ? lines : lines.slice(0, damaged)).map(unsealed);
}

/** The sequences up to the first that is not the next: two processes may have written at a time. */
function inOrder(lines: readonly string[]): GeneratedSequence[] {
  const sequences = lines.map((line) => JSON.parse(line) as GeneratedSequence); // its digest says that we wrote it
  const stray = sequences.findIndex(({ sample }, place) => sample !== place);
  return stray < 0 ? sequences : sequences.slice(0, stray);
}

/** 16 hex digits of SHA-256, a space, the text, a line feed. */
function sealed(text: string): string {
  return `${sha256Hex(new TextEncoder().encode(text)).slice(0, 16)} ${text}\n`;
}

function unsealed(line: string): string {
  return line.slice(17);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return "";
    throw fileWriteError(path, cause);
  }
}

function foreignFile(path: string): FileError {
  return new FileError(
    `${path}: expected what an earlier run of the same command left, got that of another run, settings, prompt or ` +
      "backend: delete it, or choose another --out",
  );
}
