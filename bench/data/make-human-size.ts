/** A FASTA of GRCh38's size. */

import { closeSync, openSync, writeSync } from "node:fs";
import {
  findGenome,
  type KnownGenome,
  readKnownGenomes,
} from "../../src/data/manifests/node-known-genomes.ts";
import { openGenome } from "../../src/genome/node-open-genome.ts";

const LINE_BASES = 60;
/** Unknown bases at both ends of every contig, as in GRCh38. */
const END_UNKNOWN = 10_000;

/** What is known of GRCh38. */
export async function grch38(): Promise<KnownGenome> {
  return findGenome(await readKnownGenomes(), "GRCh38", "GRCh38");
}

/**
 * Writes contigs of GRCh38's names and lengths, plain, in lines of 60 but for the longest, which is one line: the bases
 * of `fasta` again and again.
 */
export async function makeHumanSize(fasta: string, path: string): Promise<void> {
  const { contigs } = await grch38();
  const longest = Math.max(...contigs.map(({ lengthBases }) => lengthBases));
  const { genome } = await openGenome(fasta);
  const parts: Uint8Array[] = [];
  for (const { name, length } of genome.contigs) {
    parts.push(await genome.read({ contig: name, start: 0, end: length }));
  }
  await genome.close();
  const real = Buffer.concat(parts);
  const out = openSync(path, "w");
  for (const { name, lengthBases } of contigs) {
    writeSync(out, `>${name}\n`);
    const lineBases = lengthBases === longest ? lengthBases : LINE_BASES;
    writeContig(out, real, lengthBases, lineBases);
  }
  closeSync(out);
}

/** Real bases again and again, unknown ones at both ends. */
function writeContig(out: number, real: Uint8Array, length: number, lineBases: number): void {
  const known = length - 2 * END_UNKNOWN;
  const baseAt = (i: number): number =>
    i < END_UNKNOWN || i >= END_UNKNOWN + known ? 0x4e : (real[i % real.length] as number);
  const piece = new Uint8Array(2 ** 22);
  let filled = 0;
  const put = (byte: number): void => {
    piece[filled++] = byte;
    if (filled < piece.length) return;
    writeSync(out, piece);
    filled = 0;
  };
  for (let i = 0; i < length; i++) {
    put(baseAt(i));
    if ((i + 1) % lineBases === 0 || i + 1 === length) put(0x0a);
  }
  writeSync(out, piece.subarray(0, filled));
}
