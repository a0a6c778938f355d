/** Bases of labelled intervals from the genome, or the transcripts, that they are of. */

import { RegionError } from "../../errors.ts";
import { reverseComplement } from "../../genome/complement.ts";
import { type AliasGroup, resolveContig } from "../../genome/contig-alias.ts";
import type { Contig, Genome } from "../../genome/genome.ts";
import { formatNames } from "../../util/format.ts";
import type { BenchmarkReference } from "../manifests/benchmark-manifest.ts";
import type { LabelledInterval } from "./labelled-interval.ts";

/** A genome that was opened as a reference. */
export interface OpenReference {
  readonly genome: Genome;
  /** Other names of its contigs. */
  readonly aliases?: readonly AliasGroup[];
}

export interface ReferenceBases {
  /** Where its contig stands in the genome's file; intervals read in this order, then by start, are read fastest. */
  placeOf(contig: string): number;
  /**
   * Reads the bases of an interval as ASCII, those of "-" as the reverse complement.
   *
   * @throws {RegionError} when the contig is unknown or the interval does not lie on it
   */
  read(interval: LabelledInterval): Promise<Uint8Array>;
}

/** Names of contigs as intervals have them; each is looked up once. */
export function referenceBases(
  { genome, aliases = [] }: OpenReference,
  { kind, contigAliases }: Pick<BenchmarkReference, "kind" | "contigAliases">,
): ReferenceBases {
  const { contigs } = genome;
  const places = new Map(contigs.map(({ name }, place) => [name, place]));
  const resolve =
    kind === "transcripts"
      ? transcriptResolver(genome)
      : (name: string) => resolveContig(contigs, name, [...contigAliases, ...aliases]);
  const found = new Map<string, Contig>();
  const contigOf = (name: string): Contig => {
    const known = found.get(name) ?? resolve(name);
    found.set(name, known);
    return known;
  };
  return {
    placeOf: (contig) => places.get(contigOf(contig).name) as number,
    async read({ contig, start, end, strand }) {
      const bases = await genome.read({ contig: contigOf(contig).name, start, end });
      return strand === "-" ? reverseComplement(bases) : bases;
    },
  };
}

/** ENST00000371014 is ENST00000371014.5 where the file has versions; a release has one version of each. */
function transcriptResolver({ name: file, contigs }: Genome): (name: string) => Contig {
  const byName = new Map<string, Contig[]>();
  for (const contig of contigs) {
    const bare = contig.name.replace(/\.[0-9]+$/, "");
    for (const name of new Set([contig.name, bare])) {
      const others = byName.get(name);
      if (others === undefined) byName.set(name, [contig]);
      else others.push(contig);
    }
  }
  return (name) => {
    const meant = byName.get(name) ?? [];
    const exact = meant.find((contig) => contig.name === name);
    const only = exact ?? (meant.length === 1 ? meant[0] : undefined);
    if (only !== undefined) return only;
    throw new RegionError(
      meant.length === 0
        ? `${file}: expected a transcript ${name}, with or without a version, got none (is this the release that the set is of?)`
        : `${file}: expected one version of transcript ${name}, got ${formatNames(meant.map((one) => one.name))}`,
    );
  };
}
