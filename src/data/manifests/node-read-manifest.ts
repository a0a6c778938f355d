import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../../config/package-root.ts";
import { ConfigError } from "../../errors.ts";
import type { AliasGroup } from "../../genome/contig-alias.ts";
import { contigAliases, type GenomeManifest, parseGenomeManifest } from "./genome-manifest.ts";

/**
 * Reads the manifest of an assembly from the package's `data/manifests/`, by name or alias in any case.
 *
 * @returns the manifest, and the names of each contig as groups
 * @throws {ConfigError} when no manifest has the name
 * @throws {FileError} when a manifest is malformed
 */
export async function readManifest(
  nameOrAlias: string,
): Promise<{ manifest: GenomeManifest; aliases: readonly AliasGroup[] }> {
  const manifests = await readManifests();
  const wanted = nameOrAlias.toLowerCase();
  const manifest = manifests.find(({ name, aliases }) =>
    [name, ...aliases].some((known) => known.toLowerCase() === wanted),
  );
  if (manifest !== undefined) return { manifest, aliases: contigAliases(manifest) };
  const known = manifests.map(({ name, aliases }) => `${name} (${aliases.join(", ")})`).join(", ");
  throw new ConfigError(`expected the name of an assembly, got "${nameOrAlias}" (known: ${known})`);
}

/** Reads every manifest of the package. @throws {FileError} when one is malformed */
export async function readManifests(): Promise<readonly GenomeManifest[]> {
  const folder = join(packageRoot(), "data", "manifests");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return parseGenomeManifest(await readFile(path, "utf8"), path);
    }),
  );
}
