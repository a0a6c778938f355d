/** A set of sequences to compare, from FASTA of any size or a table, whole or cut into pieces of one length. */

import { streamContigs } from "../../src/data/contig-stream.ts";
import { FASTA_EXTENSION } from "../../src/data/labelled/node-read-class-folder.ts";
import { readSequences } from "../../src/data/labelled/node-read-sequences.ts";
import { FastaError, FileError } from "../../src/errors.ts";
import { formatCount } from "../../src/util/format.ts";
import { joinBytes } from "../../src/util/join-bytes.ts";
import { turn } from "../stop.ts";

export interface ComparedSet {
  /** The file. */
  readonly name: string;
  readonly ids: readonly Uint8Array[];
  /** [sequences] */
  readonly names: readonly string[];
  /** What FASTA says of the first one behind its name. */
  readonly description: string | undefined;
  /** What the user should know of cutting. */
  readonly notices: readonly string[];
}

/** Records between two turns. */
const ROUND = 10_000;

/**
 * Reads all sequences of `path`.
 *
 * @param length bases of the pieces that sequences are cut into
 * @throws {FileError} when it cannot be read, is of no kind that is known, or no piece is left
 * @throws {TableError | FastaError | CompressionError} when it is damaged, or a sequence has no base
 */
export async function readSet(
  path: string,
  length: number | undefined,
  signal: AbortSignal,
): Promise<ComparedSet> {
  const whole = FASTA_EXTENSION.test(path) ? await readFasta(path, signal) : await readTable(path);
  return length === undefined ? whole : cut(whole, length);
}

async function readTable(path: string): Promise<ComparedSet> {
  const { sequences } = await readSequences(path);
  return {
    name: path,
    ids: sequences.map(({ ids }) => ids),
    names: sequences.map(({ id }) => id),
    description: undefined,
    notices: [],
  };
}

async function readFasta(path: string, signal: AbortSignal): Promise<ComparedSet> {
  const ids: Uint8Array[] = [];
  const names: string[] = [];
  let description: string | undefined;
  let pieces: Uint8Array[] = [];
  for await (const event of streamContigs(path)) {
    if (event.kind === "contig") {
      if (names.length % ROUND === 0) await turn(signal);
      names.push(event.name);
      description ??= event.description;
      pieces = [];
    } else if (event.kind === "bases") pieces.push(event.ids);
    else if (event.bases === 0) {
      throw new FastaError(`${path}: expected bases for "${names.at(-1)}", got none`);
    } else ids.push(joinBytes(pieces));
  }
  return { name: path, ids, names, description, notices: [] };
}

/** Pieces side by side from the first base on; those with an N, and what is too short, are left out. */
function cut(whole: ComparedSet, length: number): ComparedSet {
  const ids: Uint8Array[] = [];
  const names: string[] = [];
  let withN = 0;
  for (const [place, sequence] of whole.ids.entries()) {
    for (let start = 0; start + length <= sequence.length; start += length) {
      const piece = sequence.subarray(start, start + length);
      if (piece.some((id) => id > 3)) {
        withN++;
        continue;
      }
      ids.push(piece);
      names.push(`${whole.names[place]}:${start + 1}-${start + length}`);
    }
  }
  const { name } = whole;
  if (ids.length === 0) {
    const longest = whole.ids.reduce((most, one) => Math.max(most, one.length), 0);
    throw new FileError(
      `${name}: expected pieces of ${formatCount(length)} bases without an N, got none of sequences of at most ${formatCount(longest)} (give a smaller --length)`,
    );
  }
  const left = withN === 0 ? "" : `; ${formatCount(withN)} with an N are left out`;
  const notice = `${name}: ${formatCount(ids.length)} pieces of ${formatCount(length)} bases${left}`;
  return { ...whole, ids, names, notices: [notice] };
}
