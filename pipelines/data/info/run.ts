/** `gdiff data info`: what a genome's file holds, contig by contig. */

import { type ContigClass, contigClass } from "../../../src/data/manifests/genome-manifest.ts";
import {
  compareContigs,
  type RecognisedContig,
  recognise,
} from "../../../src/data/manifests/recognise.ts";
import {
  type ContigFacts,
  gcShare,
  type LetterCounts,
  totalFacts,
} from "../../../src/genome/contig-facts.ts";
import { formatCount } from "../../../src/util/format.ts";
import type { PipelineIo } from "../../io.ts";
import { describeGenome, type GenomeSummary, summariseGenome } from "../genome-summary.ts";
import { rememberedFile } from "../remembered-file.ts";
import { findTarget } from "../target.ts";
import { formatTable } from "../text-table.ts";
import type { InfoConfig } from "./options.ts";

/** Of a contig or of all; shares are of its bases, GC's of A, C, G and T, and null where there are none. */
interface Composition {
  /** Bases. */
  readonly length: number;
  readonly counts: LetterCounts;
  readonly softMasked: number;
  readonly nShare: number | null;
  readonly softMaskedShare: number | null;
  readonly gc: number | null;
}

export interface ContigInfo extends Composition {
  readonly name: string;
  readonly md5: string;
  /** Its name in the manifest; null where the manifest does not list it. */
  readonly listed: string | null;
  readonly class: ContigClass | null;
  readonly flavours: readonly string[];
}

export interface InfoSummary extends GenomeSummary {
  readonly total: Composition;
  /** In file order. */
  readonly table: readonly ContigInfo[];
}

/** Prints what the file holds; reads it whole the first time, and from its record after that. */
export async function runDataInfo({ genome }: InfoConfig, io: PipelineIo): Promise<InfoSummary> {
  const target = await findTarget(genome);
  const record = await rememberedFile(target, io);
  const recognition =
    target.claimed === undefined
      ? recognise(target.known, record.contigs)
      : compareContigs(target.claimed, record.contigs);
  const compared: readonly RecognisedContig<ContigFacts>[] =
    recognition?.contigs ?? record.contigs.map((found) => ({ found, flavours: [] }));
  const table = compared.map(({ found, listed, flavours }) => ({
    name: found.name,
    md5: found.md5,
    listed: listed?.name ?? null,
    class:
      listed?.class ??
      (recognition === undefined ? undefined : contigClass(recognition.genome, found.name)) ??
      null,
    flavours,
    ...composition(found),
  }));
  const total = composition(totalFacts(record.contigs));
  const summary = { ...summariseGenome(target.path, record, recognition), total, table };
  await io.stdout(`${describeGenome(summary)}\n${infoTable(summary)}`);
  return summary;
}

function composition({
  length,
  counts,
  softMasked,
}: Pick<ContigFacts, "length" | "counts" | "softMasked">): Composition {
  const share = (part: number): number | null => (length === 0 ? null : part / length);
  return {
    length,
    counts,
    softMasked,
    nShare: share(counts.N),
    softMaskedShare: share(softMasked),
    gc: gcShare(counts) ?? null,
  };
}

/** A row a contig, and one of all. */
function infoTable({ table, total }: InfoSummary): string {
  const rows = table.map((contig) => [
    contig.name,
    contig.class ?? "",
    contig.listed === null ? "" : contig.flavours.join(" or ") || "unknown",
    ...compositionCells(contig),
  ]);
  return formatTable(
    ["contig", "class", "flavour", "bases", "N", "IUPAC", "soft-masked", "GC"],
    [...rows, ["all", "", "", ...compositionCells(total)]],
    { right: [3, 4, 5, 6, 7] },
  );
}

function compositionCells({ length, nShare, counts, softMaskedShare, gc }: Composition): string[] {
  return [
    formatCount(length),
    percent(nShare),
    formatCount(counts.iupac),
    percent(softMaskedShare),
    percent(gc),
  ];
}

function percent(share: number | null): string {
  return share === null ? "-" : `${(100 * share).toFixed(2)}%`;
}
