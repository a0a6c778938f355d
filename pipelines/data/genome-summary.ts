/** What is known of a genome's file, as `gdiff data verify` and `info` report it. */

import type { Recognition } from "../../src/data/manifests/recognise.ts";
import type { FileRecord } from "../../src/data/store/file-record.ts";
import type { ContigFacts } from "../../src/genome/contig-facts.ts";
import { formatCount, formatNames, formatOneLine } from "../../src/util/format.ts";

export interface GenomeSummary {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Whether the file, or the download that it was made from, is the one that the manifest names. */
  readonly isPublished: boolean;
  /** The known genome; null where no manifest knows any contig. */
  readonly genome: string | null;
  /** Flavours that all its known bases have; empty where it mixes them, or none is known. */
  readonly flavours: readonly string[];
  /** Contigs of the file, and those of them whose bases the manifest knows. */
  readonly contigs: number;
  readonly verified: number;
  /** Contigs whose names and lengths the manifest lists, with bases that no flavour has. */
  readonly unknown: readonly string[];
  /** Contigs of the manifest that the file lacks. */
  readonly missing: readonly string[];
}

/** Returns the summary of a file that was read, or remembered. */
export function summariseGenome(
  path: string,
  { bytes, sha256, madeFrom, contigs }: FileRecord,
  recognition: Recognition<ContigFacts> | undefined,
): GenomeSummary {
  const compared = recognition?.contigs ?? [];
  const published = recognition?.genome.file?.sha256;
  return {
    path,
    bytes,
    sha256,
    isPublished: published !== undefined && [sha256, madeFrom].includes(published),
    genome: recognition?.genome.name ?? null,
    flavours: recognition?.flavours ?? [],
    contigs: contigs.length,
    verified: compared.filter(({ flavours }) => flavours.length > 0).length,
    unknown: compared
      .filter(({ listed, flavours }) => listed !== undefined && flavours.length === 0)
      .map(({ found }) => found.name),
    missing: (recognition?.missing ?? []).map(({ name }) => name),
  };
}

/** The summary as text, one fact a line. */
export function describeGenome(summary: GenomeSummary): string {
  const { path, sha256, isPublished, genome, contigs, verified, unknown, missing } = summary;
  const lines = [
    `file      ${path}`,
    `SHA-256   ${sha256}${isPublished ? ", of the published file" : ""}`,
    `genome    ${genome ?? "not known to any manifest"}${flavour(summary)}`,
    `contigs   ${formatCount(contigs)}, of which ${formatCount(verified)} have bases that are known`,
    ...(unknown.length > 0 ? [`unknown   bases of ${formatNames(unknown)}`] : []),
    ...(missing.length > 0 ? [`missing   ${formatNames(missing)}`] : []),
  ];
  return `${lines.map(formatOneLine).join("\n")}\n`;
}

function flavour({ genome, flavours, verified }: GenomeSummary): string {
  if (genome === null || verified === 0) return "";
  return flavours.length === 0 ? ", flavours mixed" : `, flavour ${flavours.join(" or ")}`;
}
