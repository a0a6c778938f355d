/** Which known genome a file holds, contig by contig, through the MD5s of its bases: names, case and lines do not count. */

import type { GenomeManifest, ManifestContig } from "./genome-manifest.ts";

/** What recognition needs of a contig of a file. */
export interface NamedDigest {
  readonly name: string;
  /** Bases. */
  readonly length: number;
  readonly md5: string;
}

/** A contig of a file beside what the manifest knows of it. */
export interface RecognisedContig<C extends NamedDigest> {
  readonly found: C;
  /** Absent where the manifest lists no contig of these bases, nor of this name and length. */
  readonly listed?: ManifestContig;
  /** Flavours that have these bases; none where they are listed by name and length alone. */
  readonly flavours: readonly string[];
}

export interface Recognition<C extends NamedDigest = NamedDigest> {
  readonly genome: GenomeManifest;
  /** In file order. */
  readonly contigs: readonly RecognisedContig<C>[];
  /** Contigs of the manifest that the file does not have. */
  readonly missing: readonly ManifestContig[];
  /** Flavours that every contig of known bases has: one or more, or none where the file mixes them. */
  readonly flavours: readonly string[];
}

/** The contigs of a recognition whose bases no flavour has, though name and length are listed. */
export function unknownBases<C extends NamedDigest>(
  recognition: Recognition<C>,
): readonly RecognisedContig<C>[] {
  return recognition.contigs.filter(
    ({ listed, flavours }) => listed !== undefined && flavours.length === 0,
  );
}

/**
 * Returns the genome of which `contigs` have the most bases by their MD5s, else by name and length; undefined when no
 * genome has any of them.
 */
export function recognise<C extends NamedDigest>(
  genomes: readonly GenomeManifest[],
  contigs: readonly C[],
): Recognition<C> | undefined {
  let best: Recognition<C> | undefined;
  let most = { known: 0, listed: 0 };
  for (const genome of genomes) {
    const candidate = compareContigs(genome, contigs);
    const score = recognisedBases(candidate);
    const isBetter =
      score.known > most.known || (score.known === most.known && score.listed > most.listed);
    if (isBetter) [best, most] = [candidate, score];
  }
  return best;
}

/** Compares the contigs of a file with those of one genome. */
export function compareContigs<C extends NamedDigest>(
  genome: GenomeManifest,
  contigs: readonly C[],
): Recognition<C> {
  const byMd5 = contigsByMd5(genome);
  const byName = new Map(
    genome.contigs.flatMap((contig) =>
      [contig.name, ...contig.aliases.values()].map((name) => [name, contig]),
    ),
  );
  const taken = new Set<ManifestContig>();
  const compared = contigs.map((found): RecognisedContig<C> => {
    const same = (byMd5.get(found.md5) ?? []).filter(
      ({ lengthBases }) => lengthBases === found.length,
    );
    // Contigs of the same bases are told apart by their names, else in their order.
    const known =
      same.find((contig) => contig === byName.get(found.name)) ??
      same.find((contig) => !taken.has(contig)) ??
      same[0];
    if (known !== undefined) {
      taken.add(known);
      const flavours = [...known.md5].filter(([, md5]) => md5 === found.md5);
      return { found, listed: known, flavours: flavours.map(([flavour]) => flavour) };
    }
    const named = byName.get(found.name);
    const isListed = named !== undefined && named.lengthBases === found.length;
    return isListed ? { found, listed: named, flavours: [] } : { found, flavours: [] };
  });
  const present = new Set(compared.map(({ listed }) => listed));
  return {
    genome,
    contigs: compared,
    missing: genome.contigs.filter((contig) => !present.has(contig)),
    flavours: commonFlavours(genome, compared),
  };
}

function contigsByMd5({ contigs }: GenomeManifest): ReadonlyMap<string, readonly ManifestContig[]> {
  const byMd5 = new Map<string, ManifestContig[]>();
  for (const contig of contigs) {
    for (const md5 of new Set(contig.md5.values())) {
      const same = byMd5.get(md5);
      if (same === undefined) byMd5.set(md5, [contig]);
      else same.push(contig);
    }
  }
  return byMd5;
}

function commonFlavours(
  genome: GenomeManifest,
  contigs: readonly RecognisedContig<NamedDigest>[],
): readonly string[] {
  const known = contigs.filter(({ flavours }) => flavours.length > 0);
  if (known.length === 0) return [];
  return [...genome.flavours.keys()].filter((flavour) =>
    known.every(({ flavours }) => flavours.includes(flavour)),
  );
}

/** Bases that are known by their MD5, and that are listed at all. */
function recognisedBases(recognition: Recognition): { known: number; listed: number } {
  let [known, listed] = [0, 0];
  for (const contig of recognition.contigs) {
    if (contig.listed === undefined) continue;
    listed += contig.found.length;
    if (contig.flavours.length > 0) known += contig.found.length;
  }
  return { known, listed };
}
