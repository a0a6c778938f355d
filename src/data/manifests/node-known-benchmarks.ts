/** The labelled benchmark sets that gdiff knows by name. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError } from "../../errors.ts";
import { nearestName } from "../../util/nearest-name.ts";
import { packageRoot } from "../../util/package-root.ts";
import type { BenchmarkManifest } from "./benchmark-manifest.ts";
import { parseBenchmarkManifest } from "./parse-benchmark-manifest.ts";

/** Reads the package's manifests, by name. @throws {FileError} when one is malformed */
export async function readKnownBenchmarks(): Promise<readonly BenchmarkManifest[]> {
  const folder = join(packageRoot(), "data", "manifests", "genomic-benchmarks");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return parseBenchmarkManifest(await readFile(path, "utf8"), path);
    }),
  );
}

/**
 * Returns the set of a name or alias, in any case.
 *
 * @throws {ConfigError} when there is none, with the name that was probably meant
 */
export function findBenchmark(
  known: readonly BenchmarkManifest[],
  name: string,
): BenchmarkManifest {
  const wanted = name.toLowerCase();
  const found = known.find((set) =>
    [set.name, ...set.aliases].some((own) => own.toLowerCase() === wanted),
  );
  if (found !== undefined) return found;
  const names = known.flatMap((set) => [...set.aliases, set.name]);
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? "" : ` (${nearest}?)`;
  throw new ConfigError(
    `expected the name of a benchmark set: ${names.join(", ")}${hint}, got "${name}"`,
  );
}
