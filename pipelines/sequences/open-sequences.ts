/** The sequences of a configuration: from a file, or from the intervals of a BED file on a genome. */

import type { NamedSequence } from "../../src/data/labelled/labelled-sequence.ts";
import { makeSequences, type SequenceRow } from "../../src/data/labelled/make-sequences.ts";
import { type ReadSequences, readSequences } from "../../src/data/labelled/node-read-sequences.ts";
import { placeRows } from "../../src/data/place-rows.ts";
import { BedError } from "../../src/errors.ts";
import { reverseComplement } from "../../src/genome/complement.ts";
import { resolveContig } from "../../src/genome/contig-alias.ts";
import { readBed } from "../../src/genome/node-read-bed.ts";
import type { PipelineIo } from "../io.ts";
import { openNamedGenome } from "../open-named-genome.ts";
import { turn } from "../stop.ts";
import type { SequenceDataConfig } from "./options.ts";

export interface OpenedSequences extends ReadSequences {
  /** What tables and reports call them. */
  readonly name: string;
  readonly notices: readonly string[];
}

/**
 * Reads all sequences; a genome is closed again.
 *
 * @throws {FileError | TableError | FastaError | BedError | CompressionError} when a file is missing, or not as it should be
 * @throws {RegionError} when an interval lies on no contig
 */
export async function openSequences(
  data: SequenceDataConfig,
  io: PipelineIo,
): Promise<OpenedSequences> {
  if (data.bed !== undefined) return openIntervals(data.bed, data, io);
  const { file, sequenceColumn, labelColumn } = data;
  const read = await readSequences(file as string, {
    ...(sequenceColumn === undefined ? {} : { sequence: sequenceColumn }),
    ...(labelColumn === undefined ? {} : { label: labelColumn }),
  });
  return { ...read, name: file as string, notices: [] };
}

async function openIntervals(
  bed: string,
  source: Pick<SequenceDataConfig, "genome" | "fasta">,
  io: PipelineIo,
): Promise<OpenedSequences> {
  const read = await readBed(bed, { isStranded: true });
  if (read.length === 0) throw new BedError(`${bed}: expected intervals, got none`);
  const { genome, aliases, notices } = await openNamedGenome(source, io);
  try {
    const { rows, elsewhere } = placeRows(read, bed, genome.contigs, aliases);
    for (const name of elsewhere.keys()) resolveContig(genome.contigs, name, aliases); // throws, with the nearest names
    const placeOf = (row: number): string => `${bed} interval ${row + 1}`;
    const sequences: SequenceRow[] = [];
    for (const [row, { name, strand = "+", ...interval }] of rows.entries()) {
      if (row % 1000 === 0) await turn(io.signal);
      const { contig, start, end } = interval;
      const bases = await genome.read(interval);
      sequences.push({
        id: name === undefined || name === "." ? `${contig}:${start + 1}-${end}` : name,
        bases: strand === "-" ? reverseComplement(bases) : bases,
        interval: { ...interval, strand },
      });
    }
    const made: readonly NamedSequence[] = makeSequences(sequences, { name: bed, placeOf });
    return { sequences: made, placeOf, name: bed, notices };
  } finally {
    await genome.close();
  }
}
