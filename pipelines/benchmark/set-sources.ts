/** Which sets `--sets` means, and what folders and reports call them. */

import { basename } from "node:path";
import type { BenchmarkManifest } from "../../src/data/manifests/benchmark-manifest.ts";
import { findBenchmark } from "../../src/data/manifests/node-known-benchmarks.ts";
import { ConfigError } from "../../src/errors.ts";
import { isSetFile } from "../labelled/is-set-file.ts";

export type SetSource =
  /** One of the Genomic Benchmarks, with its official test part. */
  | { readonly kind: "official"; readonly name: string; readonly manifest: BenchmarkManifest }
  /** A user's sequences, whose test part is drawn. */
  | { readonly kind: "file"; readonly name: string; readonly path: string };

const ALL = "all";
const EXTENSION = /\.(?:csv|tsv|arrow|feather|parquet)(?:\.gz)?$/i;

/**
 * Returns the sets in the order in which they are named.
 *
 * @throws {ConfigError} when no set has a name, or two have one
 */
export function setSources(
  names: readonly string[],
  known: readonly BenchmarkManifest[],
): readonly SetSource[] {
  const official = (manifest: BenchmarkManifest): SetSource => ({
    ...{ kind: "official", name: manifest.name, manifest },
  });
  const sources = names.flatMap((name): readonly SetSource[] => {
    if (name === ALL) return known.map(official);
    if (!isSetFile(name)) return [official(findBenchmark(known, name))];
    return [{ kind: "file", name: folderName(basename(name)), path: name }];
  });
  const twice = sources.find(({ name }, i) => sources.some((one, j) => j < i && one.name === name));
  if (twice === undefined) return sources;
  throw new ConfigError(
    `expected --sets whose names differ, got ${twice.name} twice (rename a file)`,
  );
}

function folderName(file: string): string {
  return file.replace(EXTENSION, "").replaceAll(/[^\w.-]/g, "-");
}
