/** The genome and the regions that the pretrained run was trained on, and how much of a test lies in them. */

import { insidePretraining } from "../../src/data/labelled/inside-pretraining.ts";
import type { LabelledSequence } from "../../src/data/labelled/labelled-sequence.ts";
import { GdiffError } from "../../src/errors.ts";
import { reverseComplement } from "../../src/genome/complement.ts";
import { findContig } from "../../src/genome/contig-alias.ts";
import type { Contig } from "../../src/genome/genome.ts";
import type { StrandedInterval } from "../../src/genome/interval.ts";
import type { PretrainingLeakage } from "../../src/report/benchmark-record.ts";
import { encodeBases } from "../../src/tokens/encode.ts";
import type { PipelineIo } from "../io.ts";
import type { RunData } from "../open-data.ts";
import { openRunData } from "../open-run-data.ts";
import { readRunConfig } from "../pretrain/options.ts";

/** Sequences of a contig whose bases are compared with the genome's, to know whether it is theirs. */
const COMPARED = 8;

type PretrainingData = Pick<RunData, "genome" | "aliases" | "splits">;

/** Opens what a run was trained on; undefined, and said why, where it is not here. The caller closes the genome. */
export async function openPretraining(run: string, io: PipelineIo): Promise<RunData | undefined> {
  try {
    return await openRunData(run, await readRunConfig(run), { ...io, stderr: () => {} });
  } catch (error) {
    if (!(error instanceof GdiffError)) throw error;
    io.stderr(
      `how much of the tests lies in the pretraining regions is not known: ${error.message}`,
    );
    return undefined;
  }
}

/**
 * Counts the sequences whose place the genome has. A contig on which the genome has other bases is another one of that name, as
 * X of a worm is to chrX. Undefined where no sequence is of the genome.
 */
export async function pretrainingLeakage(
  sequences: readonly LabelledSequence[],
  data: PretrainingData,
): Promise<PretrainingLeakage | undefined> {
  const placed: Placed[] = [];
  for (const ofContig of placedOn(sequences, data)) {
    if (await areOfGenome(ofContig, data)) placed.push(...ofContig);
  }
  if (placed.length === 0) return undefined;
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

/** Sequences on contigs that the genome seems to have, those of one name together. */
function placedOn(
  sequences: readonly LabelledSequence[],
  { genome, aliases }: PretrainingData,
): Iterable<readonly Placed[]> {
  const found = new Map<string, { contig: Contig | undefined; placed: Placed[] }>();
  for (const { ids, interval } of sequences) {
    if (interval === undefined) continue;
    const name = interval.contig;
    const known = found.get(name) ?? {
      contig: findContig(genome.contigs, name, aliases),
      placed: [],
    };
    found.set(name, known);
    const { contig, placed } = known;
    if (contig === undefined || interval.end > contig.length) continue;
    placed.push({ ids, interval: { ...interval, contig: contig.name } });
  }
  return [...found.values()].map(({ placed }) => placed);
}

/** Whether most have the genome's bases; a masked stretch may change some. */
async function areOfGenome(
  placed: readonly Placed[],
  { genome }: PretrainingData,
): Promise<boolean> {
  const compared = Math.min(COMPARED, placed.length);
  let equal = 0;
  for (let i = 0; i < compared; i++) {
    const { ids, interval } = placed[Math.floor((i * placed.length) / compared)] as Placed;
    const read = await genome.read(interval);
    const bases = interval.strand === "-" ? reverseComplement(read) : read;
    if (Buffer.compare(encodeBases(bases).ids, ids) === 0) equal++;
  }
  return 2 * equal > compared;
}
