/** The published numbers that come with the package. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileError } from "../../genome/node-file-source.ts";
import { packageRoot } from "../../util/package-root.ts";
import { parsePublished } from "./parse-published.ts";
import type { PublishedTable } from "./published-table.ts";

/**
 * Reads what papers print for the Genomic Benchmarks.
 *
 * @throws {FileError} when the package lacks the file, or it is not as it should be
 */
export async function readPublished(): Promise<readonly PublishedTable[]> {
  const path = join(packageRoot(), "data", "manifests", "published", "genomic-benchmarks.json");
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw fileError(path, cause);
  });
  return parsePublished(text, path);
}
