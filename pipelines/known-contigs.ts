/** What manifests and the record of a file say of a genome that was opened: other names of its contigs, and whether its bases are known. */

import { aliasesForContigs } from "../src/data/manifests/match-contigs.ts";
import type { KnownGenome } from "../src/data/manifests/node-known-genomes.ts";
import {
  compareContigs,
  type Recognition,
  recognise,
  unknownBases,
} from "../src/data/manifests/recognise.ts";
import type { DataFolders } from "../src/data/store/data-folders.ts";
import { readRecord } from "../src/data/store/record-store.ts";
import type { AliasGroup } from "../src/genome/contig-alias.ts";
import type { Contig } from "../src/genome/genome.ts";
import { formatNames } from "../src/util/format.ts";

export interface KnownContigs {
  readonly aliases: readonly AliasGroup[];
  /** What the user should know of the bases. */
  readonly notices: readonly string[];
}

/** Names by the lengths of contigs, where nothing is remembered of the bases: a contig of a known name and length. */
export function contigsByLength(
  contigs: readonly Contig[],
  known: readonly KnownGenome[],
): readonly AliasGroup[] {
  return known.flatMap((genome) => aliasesForContigs(genome, contigs));
}

/**
 * Names through the MD5s of the bases, where the file at `path` is remembered, whatever its own names are; else by
 * their lengths. Unknown and mixed flavours are notices: a genome of one's own is nothing wrong.
 *
 * @param claimed the genome that the file is said to be
 */
export async function knownContigs(
  path: string,
  contigs: readonly Contig[],
  known: readonly KnownGenome[],
  folders: DataFolders,
  claimed?: KnownGenome,
): Promise<KnownContigs> {
  const byLength = contigsByLength(contigs, known);
  const remembered = await readRecord(path, folders);
  switch (remembered.kind) {
    case "same":
      break;
    case "nothing":
      return { aliases: byLength, notices: unverified(claimed, "was not verified yet") };
    case "changed":
      return {
        aliases: byLength,
        notices: unverified(claimed, "was changed since it was verified"),
      };
    case "damaged":
      return { aliases: byLength, notices: [`${remembered.reason}: it is not used`] };
    default:
      return remembered satisfies never;
  }
  const { contigs: facts } = remembered.record;
  const recognition =
    claimed === undefined ? recognise(known, facts) : compareContigs(claimed, facts);
  if (recognition === undefined) return { aliases: byLength, notices: [] };
  const byBases = recognition.contigs.flatMap(({ found, listed, flavours }) =>
    listed === undefined || flavours.length === 0
      ? []
      : [[found.name, listed.name, ...listed.aliases.values()]],
  );
  return { aliases: [...byLength, ...byBases], notices: flavourNotices(path, recognition) };
}

function unverified(claimed: KnownGenome | undefined, what: string): readonly string[] {
  if (claimed === undefined) return [];
  return [`${claimed.name} ${what}: "gdiff data verify ${claimed.name}" checks every base`];
}

function flavourNotices(path: string, recognition: Recognition): readonly string[] {
  const { genome, contigs, flavours } = recognition;
  const strange = unknownBases(recognition).map(({ found }) => found.name);
  const notices =
    strange.length === 0
      ? []
      : [`${path}: bases of ${formatNames(strange)} are of no known flavour of ${genome.name}`];
  const isKnown = contigs.some((contig) => contig.flavours.length > 0);
  if (!isKnown || flavours.length > 0) return notices;
  const mixed = [...genome.flavours.keys()].map((flavour) => {
    const only = contigs.filter(
      (contig) => contig.flavours.length === 1 && contig.flavours[0] === flavour,
    );
    return `${flavour} (${only.length})`;
  });
  return [
    ...notices,
    `${path}: contigs of different flavours of ${genome.name}: ${mixed.join(", ")}`,
  ];
}
