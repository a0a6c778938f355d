/**
 * `NAME.arrow.sha256` beside a shard, as sha256sum checks it: the shard is whole. A comment says whose it is, so that two
 * preparations that began in one folder at once never take each other's. The files are there while a preparation is under
 * way; its manifest takes their place.
 */

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileError } from "../../genome/node-file-source.ts";
import { writeFileAtomic } from "../../util/atomic-file.ts";
import { errorCode } from "../../util/error-code.ts";
import { sha256Hex } from "../../util/sha256.ts";
import type { FileDigest } from "./read-verified.ts";
import { factsOf, type ShardFacts } from "./shard-facts.ts";

/** Path of the digest of the shard at `path`. */
export function digestPath(path: string): string {
  return `${path}.sha256`;
}

/** @throws {FileError} when it cannot be written */
export async function writeDigest(
  path: string,
  { sha256 }: FileDigest,
  facts: ShardFacts,
): Promise<void> {
  await writeFileAtomic(
    digestPath(path),
    new TextEncoder().encode(digestText(path, sha256, facts)),
  );
}

/** Returns the SHA-256 that the shard at `path` should have; undefined where none is recorded of these facts. */
export async function readDigest(path: string, facts: ShardFacts): Promise<string | undefined> {
  const text = await absentAsUndefined(digestPath(path), (file) => readFile(file, "latin1"));
  const [sha256 = ""] = /^[0-9a-f]{64}(?= )/m.exec(text ?? "") ?? [];
  return text === digestText(path, sha256, facts) ? sha256 : undefined;
}

function digestText(path: string, sha256: string, facts: ShardFacts): string {
  const whose = sha256Hex(new TextEncoder().encode(JSON.stringify(factsOf(facts))));
  return `# windows ${whose}\n${sha256}  ${basename(path)}\n`;
}

/** Reads a whole file, a piece at a time in memory; undefined when it is not there. */
export function hashFile(path: string): Promise<FileDigest | undefined> {
  return absentAsUndefined(path, async (file) => {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const piece of createReadStream(file, { highWaterMark: 2 ** 22 })) {
      hash.update(piece as Buffer);
      bytes += (piece as Buffer).length;
    }
    return { bytes, sha256: hash.digest("hex") };
  });
}

async function absentAsUndefined<Result>(
  path: string,
  read: (path: string) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await read(path);
  } catch (cause) {
    const code = errorCode(cause);
    if (code === "ENOENT") return undefined;
    throw code === undefined ? cause : fileError(path, cause);
  }
}
