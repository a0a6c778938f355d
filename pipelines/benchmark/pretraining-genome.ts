/** The genome and the regions that the pretrained run was trained on, and how much of a test lies in them. */

import { insidePretraining } from "../../src/data/labelled/inside-pretraining.ts";
import type { LabelledSequence } from "../../src/data/labelled/labelled-sequence.ts";
import { GdiffError } from "../../src/errors.ts";
import { reverseComplement } from "../../src/genome/complement.ts";
import { findContig } from "../../src/genome/contig-alias.ts";
import type { StrandedInterval } from "../../src/genome/interval.ts";
import type { PretrainingLeakage } from "../../src/report/benchmark-record.ts";
import { encodeBases } from "../../src/tokens/encode.ts";
import type { PipelineIo } from "../io.ts";
import { openData, type RunData } from "../open-data.ts";
import { readRunConfig } from "../pretrain/options.ts";

/** Sequences whose bases are compared with the genome's, to know that it is theirs. */
const COMPARED = 32;

/** Opens what a run was trained on; undefined, and said why, where it is not here. The caller closes the genome. */
export async function openPretraining(run: string, io: PipelineIo): Promise<RunData | undefined> {
  try {
    const { data } = await readRunConfig(run);
    return await openData(data, { ...io, stderr: () => {} });
  } catch (error) {
    if (!(error instanceof GdiffError)) throw error;
    io.stderr(
      `how much of the tests lies in the pretraining regions is not known: ${error.message}`,
    );
    return undefined;
  }
}

/**
 * Counts the sequences whose place the genome has. Undefined where there is none, or the genome has other bases there: two
 * genomes have contigs of one name.
 */
export async function pretrainingLeakage(
  sequences: readonly LabelledSequence[],
  data: RunData,
): Promise<PretrainingLeakage | undefined> {
  const placed = placedOn(sequences, data);
  if (placed.length === 0 || !(await isOfGenome(placed, data))) return undefined;
  const shares = insidePretraining(
    placed.map(({ interval }) => interval),
    data.splits.train,
  );
  const count = (isMeant: (share: number) => boolean): number => shares.filter(isMeant).length;
  return {
    tests: placed.length,
    touching: count((share) => share > 0),
    halfInside: count((share) => share >= 0.5),
    inside: count((share) => share === 1),
  };
}

interface Placed {
  readonly ids: Uint8Array;
  /** On a contig of the genome, by its name there. */
  readonly interval: StrandedInterval;
}

function placedOn(
  sequences: readonly LabelledSequence[],
  { genome, aliases }: RunData,
): readonly Placed[] {
  const found = new Map<string, ReturnType<typeof findContig>>();
  return sequences.flatMap(({ ids, interval }): readonly Placed[] => {
    if (interval === undefined) return [];
    const name = interval.contig;
    if (!found.has(name)) found.set(name, findContig(genome.contigs, name, aliases));
    const contig = found.get(name);
    if (contig === undefined || interval.end > contig.length) return [];
    return [{ ids, interval: { ...interval, contig: contig.name } }];
  });
}

async function isOfGenome(placed: readonly Placed[], { genome }: RunData): Promise<boolean> {
  const step = Math.max(1, Math.floor(placed.length / COMPARED));
  for (let i = 0; i < placed.length; i += step) {
    const { ids, interval } = placed[i] as Placed;
    const read = await genome.read(interval);
    const bases = interval.strand === "-" ? reverseComplement(read) : read;
    if (Buffer.compare(encodeBases(bases).ids, ids) !== 0) return false;
  }
  return true;
}
