/** Whether a file that was read is what its manifest says, and what it was. */

import { VerificationError } from "../../errors.ts";
import type { ContigFacts } from "../../genome/contig-facts.ts";
import { formatNames, formatNumberOf } from "../../util/format.ts";
import type { GenomeManifest } from "../manifests/genome-manifest.ts";
import {
  compareContigs,
  type Recognition,
  recognise,
  unknownBases,
} from "../manifests/recognise.ts";
import type { Remembered } from "./record-store.ts";
import type { ScannedFile } from "./scan-genome-file.ts";

/** What a file may be held against. */
export interface Claims {
  /** The genome that it is said to be; without it, the one that most of its bases are of. */
  readonly claimed?: GenomeManifest | undefined;
  readonly known: readonly GenomeManifest[];
  readonly remembered: Remembered;
}

/**
 * Returns the genome that the file holds; undefined when no manifest knows it and nothing was claimed.
 *
 * @throws {VerificationError} when the file is another genome than claimed, lacks contigs of it, has bases of no known
 *   flavour, or has changed though its size and time have not
 */
export function judgeFile(
  path: string,
  scanned: Pick<ScannedFile, "sha256" | "contigs">,
  { claimed, known, remembered }: Claims,
): Recognition<ContigFacts> | undefined {
  if (remembered.kind === "same" && remembered.record.sha256 !== scanned.sha256) {
    throw new VerificationError(
      `${path}: expected the bytes that it had when it was verified (SHA-256 ${remembered.record.sha256}), got ${scanned.sha256}, though its size and time are the same: the disk or the copy is damaged, fetch it again`,
    );
  }
  const recognition =
    claimed === undefined
      ? recognise(known, scanned.contigs)
      : compareContigs(claimed, scanned.contigs);
  if (recognition === undefined) return undefined;
  const { genome, missing } = recognition;
  const strange = unknownBases(recognition);
  if (claimed !== undefined && missing.length > 0) {
    const names = formatNames(missing.map((contig) => contig.name));
    throw new VerificationError(
      `${path}: expected the ${formatNumberOf(genome.contigs.length, "contig")} of ${genome.name}, got none of the bases or lengths of ${names} (is it cut, or another assembly?)`,
    );
  }
  if (strange.length > 0) {
    const names = formatNames(strange.map(({ found }) => `${found.name} (MD5 ${found.md5})`));
    throw new VerificationError(
      `${path}: expected bases of a known flavour of ${genome.name} (${[...genome.flavours.keys()].join(", ")}), got others in ${names}: fetch it again if it should be one; --fasta takes it as it is`,
    );
  }
  return recognition;
}
