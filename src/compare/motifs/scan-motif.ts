/** Places where a motif stands, on either strand: scores of up to six columns at once are looked up by the code of their bases. */

import { reversedScores, type ScoreMatrix } from "./score-matrix.ts";

/** Columns of a look-up. */
const CHUNK = 6;
const CODES = 4 ** CHUNK;

/** A sequence, read for scans of many motifs. */
export interface ScannedSequence {
  /** [bases] code of the six bases from here on; what is no base, or beyond the end, counts as A */
  readonly codes: Uint16Array;
  /** [bases] bases from here to the next that is none */
  readonly runs: Uint32Array;
}

export function readForScan(ids: Uint8Array): ScannedSequence {
  const codes = new Uint16Array(ids.length);
  const runs = new Uint32Array(ids.length);
  let code = 0;
  let run = 0;
  for (let i = ids.length - 1; i >= 0; i--) {
    const id = ids[i] as number;
    const isBase = id < 4;
    code = (code >> 2) + (isBase ? id * (CODES / 4) : 0);
    run = isBase ? run + 1 : 0;
    codes[i] = code;
    runs[i] = run;
  }
  return { codes, runs };
}

/** Counts the places of a sequence at which a motif is a hit, on either strand; a place of both counts once. */
export function motifScanner(matrix: ScoreMatrix): (sequence: ScannedSequence) => number {
  const { width, threshold } = matrix;
  const strands = [matrix.scores, reversedScores(matrix.scores)].map(chunksOf);
  return ({ codes, runs }) => {
    let hits = 0;
    for (let at = 0; at + width <= codes.length; at++) {
      if ((runs[at] as number) < width) continue;
      if (strands.some((chunks) => isHit(chunks, codes, at, threshold))) hits++;
    }
    return hits;
  };
}

interface Chunk {
  /** Of its first column. */
  readonly column: number;
  /** [4^6] score of its columns by the code of six bases */
  readonly scores: Int32Array;
  /** What the columns behind it can add. */
  readonly mostBehind: number;
}

function isHit(
  chunks: readonly Chunk[],
  codes: Uint16Array,
  at: number,
  threshold: number,
): boolean {
  let score = 0;
  for (const { column, scores, mostBehind } of chunks) {
    score += scores[codes[at + column] as number] as number;
    if (score + mostBehind < threshold) return false;
  }
  return true;
}

function chunksOf(scores: Int32Array): Chunk[] {
  const width = scores.length / 4;
  const chunks: Chunk[] = [];
  let mostBehind = 0;
  for (let column = Math.floor((width - 1) / CHUNK) * CHUNK; column >= 0; column -= CHUNK) {
    const columns = Math.min(CHUNK, width - column);
    const table = new Int32Array(CODES);
    for (let code = 0; code < CODES; code++) {
      for (let i = 0; i < columns; i++) {
        const base = (code >> (2 * (CHUNK - 1 - i))) & 3;
        table[code] = (table[code] as number) + (scores[4 * (column + i) + base] as number);
      }
    }
    chunks.unshift({ column, scores: table, mostBehind });
    mostBehind += table.reduce((most, score) => Math.max(most, score), 0);
  }
  return chunks;
}
