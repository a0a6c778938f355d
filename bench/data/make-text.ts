/** A FASTA of any size out of the contigs of another: real letters, repeated. */

import { closeSync, openSync, writeSync } from "node:fs";
import { openGenome } from "../../src/genome/node-open-genome.ts";

const LINE_BASES = 60;

/**
 * Writes contigs of `fasta` again and again, plain, in lines of 60, until the file has `bytes`.
 *
 * @returns its bytes
 */
export async function makeText(fasta: string, path: string, bytes: number): Promise<number> {
  const { genome } = await openGenome(fasta);
  const out = openSync(path, "w");
  let written = 0;
  for (let copy = 1; written < bytes; copy++) {
    for (const { name, length } of genome.contigs) {
      const bases = await genome.read({ contig: name, start: 0, end: length });
      const text = wrapped(`${name}_${copy}`, bases);
      writeSync(out, text);
      written += text.length;
      if (written >= bytes) break;
    }
  }
  closeSync(out);
  await genome.close();
  return written;
}

function wrapped(name: string, bases: Uint8Array): Uint8Array {
  const header = new TextEncoder().encode(`>${name}\n`);
  const lines = Math.ceil(bases.length / LINE_BASES);
  const text = new Uint8Array(header.length + bases.length + lines);
  text.set(header);
  let at = header.length;
  for (let start = 0; start < bases.length; start += LINE_BASES) {
    const line = bases.subarray(start, start + LINE_BASES);
    text.set(line, at);
    at += line.length;
    text[at++] = 0x0a;
  }
  return text;
}
