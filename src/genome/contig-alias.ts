/** One contig, many names: `chr1`, `1`, `NC_000001.11`. Whatever style is asked for, the answer is the file's own name. */

import { RegionError } from "../errors.ts";
import type { Contig } from "./genome.ts";
import { unknownContig } from "./unknown-contig.ts";

/** Names that mean the same contig. */
export type AliasGroup = readonly string[];

/**
 * Returns the contig that `name` means: by its own name, else by a group of `aliases`, else with the prefix `chr`
 * added or removed and M and MT exchanged.
 *
 * @throws {RegionError} when no contig, or more than one, is meant
 */
export function resolveContig(
  contigs: readonly Contig[],
  name: string,
  aliases?: readonly AliasGroup[],
): Contig {
  const found = findContig(contigs, name, aliases);
  if (found === undefined) throw unknownContig(name, contigs);
  return found;
}

/**
 * The same, undefined when no contig is meant.
 *
 * @throws {RegionError} when more than one is
 */
export function findContig(
  contigs: readonly Contig[],
  name: string,
  aliases: readonly AliasGroup[] = [],
): Contig | undefined {
  const exact = contigs.find((contig) => contig.name === name);
  if (exact !== undefined) return exact;

  const groups = aliases.filter((group) => group.includes(name));
  for (const names of [new Set(groups.flat()), prefixVariants(name)]) {
    const meant = contigs.filter((contig) => names.has(contig.name));
    if (meant.length > 1) {
      throw new RegionError(
        `expected "${name}" to mean one contig, but it may mean ${meant.map((contig) => contig.name).join(" or ")} (write the one you mean)`,
      );
    }
    if (meant[0] !== undefined) return meant[0];
  }
  return undefined;
}

function prefixVariants(name: string): Set<string> {
  const bare = name.startsWith("chr") ? name.slice("chr".length) : name;
  const bares = bare === "M" || bare === "MT" ? ["M", "MT"] : [bare];
  return new Set(bares.flatMap((variant) => [variant, `chr${variant}`]));
}
