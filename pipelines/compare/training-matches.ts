/** The longest match of each sequence to the training set, which is read front to back. */

import { matchReader } from "../../src/compare/memorisation/longest-matches.ts";
import { streamContigs } from "../../src/data/contig-stream.ts";
import { FASTA_EXTENSION } from "../../src/data/labelled/node-read-class-folder.ts";
import { readSequences } from "../../src/data/labelled/node-read-sequences.ts";
import type { TrainFacts } from "../../src/report/compare-record.ts";
import { formatCount } from "../../src/util/format.ts";
import type { PipelineIo } from "../io.ts";
import { turn } from "../stop.ts";
import { expectBases } from "./expect-bases.ts";

/** Bases that are looked for in one reading; of more the file is read again. About 90 bytes a base. */
const MOST_BASES = 2 ** 22;
const TWO_BIT = /\.2bit$/i;

export interface TrainingMatches {
  /** [sequences] in bases */
  readonly matches: Uint32Array;
  readonly train: TrainFacts;
}

/**
 * Looks for stretches of `sequences` in a file of FASTA, 2bit, or a table.
 *
 * @param mostBases that are looked for in one reading
 * @throws {FileError | FastaError | TableError | TwoBitError | CompressionError} when it cannot be read, or is damaged
 * @throws {FileError} when it has no base but N
 * @throws the reason of `io.signal` when it aborts
 */
export async function trainingMatches(
  path: string,
  sequences: readonly Uint8Array[],
  io: PipelineIo,
  mostBases: number = MOST_BASES,
): Promise<TrainingMatches> {
  const matches = new Uint32Array(sequences.length);
  let train: TrainFacts = { name: path, contigs: 0, bases: 0 };
  const parts = cutByBases(sequences, mostBases);
  for (const [part, [from, to]] of parts.entries()) {
    const reader = matchReader(sequences.slice(from, to));
    let [contigs, bases] = [0, 0];
    for await (const ids of pieces(path)) {
      if (ids === END) {
        contigs++;
        reader.endContig();
        continue;
      }
      reader.push(ids);
      for (const id of ids) if (id < 4) bases++;
      const pass = parts.length === 1 ? "" : `, reading ${part + 1} of ${parts.length}`;
      io.progress.update(part, parts.length, `${formatCount(bases)} training bases${pass}`);
      await turn(io.signal);
    }
    matches.set(reader.finish(), from);
    train = { name: path, contigs, bases };
  }
  io.progress.finish();
  expectBases(path, train.bases);
  return { matches, train };
}

const END = "end";

/** Bases of the training set, and where contigs end. */
async function* pieces(path: string): AsyncGenerator<Uint8Array | typeof END> {
  if (!FASTA_EXTENSION.test(path) && !TWO_BIT.test(path)) {
    for (const { ids } of (await readSequences(path)).sequences) {
      yield ids;
      yield END;
    }
    return;
  }
  for await (const event of streamContigs(path)) {
    if (event.kind === "bases") yield event.ids;
    if (event.kind === "end") yield END;
  }
}

/** Ranges of sequences that hold at most so many bases, or one sequence. */
function cutByBases(
  sequences: readonly Uint8Array[],
  mostBases: number,
): (readonly [from: number, to: number])[] {
  const parts: [number, number][] = [];
  let bases = Number.POSITIVE_INFINITY;
  for (const [place, { length }] of sequences.entries()) {
    bases += length;
    if (bases > mostBases) {
      parts.push([place, place]);
      bases = length;
    }
    (parts.at(-1) as [number, number])[1] = place + 1;
  }
  return parts;
}
