/** Motifs from a file in MEME's format, or those that come with the package. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileError } from "../../genome/node-file-source.ts";
import { readTextBytes } from "../../genome/node-read-text.ts";
import { packageRoot } from "../../util/package-root.ts";
import type { MotifSet } from "./motif.ts";
import { parseConsensusSet } from "./parse-consensus-set.ts";
import { parseMeme } from "./parse-meme.ts";

const MAX_BYTES = 2 ** 26;

/**
 * Reads a motif file, plain or gzip.
 *
 * @throws {FileError | CompressionError} when it cannot be read
 * @throws {MotifError} when it is no motif file of DNA
 */
export async function readMotifs(path: string): Promise<MotifSet> {
  return parseMeme(new TextDecoder().decode(await readTextBytes(path, MAX_BYTES)), path);
}

/**
 * Reads the elements of core promoters, consensus strings of the literature.
 *
 * @throws {FileError} when the package lacks the file, or it is not as it should be
 */
export async function readCorePromoterMotifs(): Promise<MotifSet> {
  const path = join(packageRoot(), "data", "manifests", "motifs", "core-promoter.json");
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw fileError(path, cause);
  });
  return parseConsensusSet(text, path);
}
