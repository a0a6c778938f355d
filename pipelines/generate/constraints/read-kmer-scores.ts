/** Scores of k-mers from a table of two columns. */

import { TableError } from "../../../src/errors.ts";
import { readTextBytes } from "../../../src/genome/node-read-text.ts";
import { eachLine } from "../../../src/genome/text-lines.ts";
import type { KmerScores } from "../../../src/sampling/potentials.ts";

const MOST_BYTES = 2 ** 26;
const MOST_CHARACTERS = 1000;
const MOST_BASES = 10;
const BASES = "ACGT";
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Reads `kmer<TAB>score` lines, plain or gzip; blank lines, comments (#) and a first line of column names are skipped. Words
 * that are not there score 0.
 *
 * @throws {FileError | CompressionError | TableError} when it cannot be read, or breaks the format
 */
export async function readKmerScores(path: string): Promise<KmerScores> {
  const bytes = await readTextBytes(path, MOST_BYTES);
  return parseKmerScores(new TextDecoder().decode(bytes), path);
}

/**
 * Parses such lines.
 *
 * @param file what messages call the text
 * @throws {TableError} naming file and line
 */
export function parseKmerScores(text: string, file: string): KmerScores {
  let scores: Float64Array | undefined;
  let k = 0;
  const seen = new Set<number>();
  const refuseAt = (lineNumber: number, what: string): never => {
    throw new TableError(`${file} line ${lineNumber}: ${what}`);
  };
  eachLine(text, MOST_CHARACTERS, refuseAt, (line, _, refuse) => {
    if (/^\s*(#|$)/.test(line)) return;
    const [word = "", score = "", ...more] = line.trim().split(/\t| +/);
    if (scores === undefined && /^kmer$/i.test(word)) return;
    if (more.length > 0 || score === "") {
      refuse(`expected a k-mer and its score, got ${more.length + (score === "" ? 1 : 2)} columns`);
    }
    if (!/^[ACGT]+$/i.test(word) || word.length > MOST_BASES) {
      refuse(
        `expected a k-mer of 1 to ${MOST_BASES} bases A, C, G, T, got ${JSON.stringify(word)}`,
      );
    }
    if (!NUMBER.test(score)) refuse(`expected a number, got ${JSON.stringify(score)}`);
    if (scores === undefined) {
      k = word.length;
      scores = new Float64Array(BASES.length ** k);
    }
    if (word.length !== k) refuse(`expected k-mers of ${k} bases as before, got ${word}`);
    const number = Array.from(word.toUpperCase(), (base) => BASES.indexOf(base)).reduce(
      (sum, base) => sum * BASES.length + base,
      0,
    );
    if (seen.has(number)) refuse(`expected each k-mer once, got ${word} again`);
    seen.add(number);
    scores[number] = Number(score);
  });
  if (scores === undefined) throw new TableError(`${file}: expected k-mers, got none`);
  return { k, scores };
}
