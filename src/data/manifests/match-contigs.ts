/** Whether a file holds the assembly of a manifest: its contigs have the lengths that the manifest says. */

import type { AliasGroup } from "../../genome/contig-alias.ts";
import type { Contig } from "../../genome/genome.ts";
import { formatCount } from "../../util/format.ts";
import type { GenomeManifest } from "./genome-manifest.ts";

/** The names of those contigs that `contigs`, of a file, have with the manifest's length; for `resolveContig`. */
export function aliasesForContigs(
  manifest: GenomeManifest,
  contigs: readonly Contig[],
): readonly AliasGroup[] {
  return matches(manifest, contigs)
    .filter(({ found, lengthBases }) => found?.length === lengthBases)
    .map(({ names }) => names);
}

/**
 * Returns what shows that `contigs` are of another assembly: the manifest's first contig that is there with another
 * length, as half a sentence; undefined when there is none.
 */
export function manifestMismatch(
  manifest: GenomeManifest,
  contigs: readonly Contig[],
): string | undefined {
  for (const { found, lengthBases } of matches(manifest, contigs)) {
    if (found === undefined || found.length === lengthBases) continue;
    return `${found.name} has ${formatCount(found.length)} bases, in ${manifest.name} it has ${formatCount(lengthBases)}`;
  }
  return undefined;
}

function matches(manifest: GenomeManifest, contigs: readonly Contig[]) {
  const byName = new Map(contigs.map((contig) => [contig.name, contig]));
  return manifest.contigs.map(({ name, aliases, lengthBases }) => {
    const names = [name, ...aliases.values()];
    const present = names.find((known) => byName.has(known));
    return { names, lengthBases, found: present === undefined ? undefined : byName.get(present) };
  });
}
