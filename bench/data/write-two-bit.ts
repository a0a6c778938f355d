import { closeSync, openSync, writeSync } from "node:fs";
import type { Genome } from "../../src/genome/genome.ts";

const LETTERS = "TCAG";

/** Writes a genome as a .2bit file of version 0, little-endian (genome.ucsc.edu/FAQ/FAQformat#format7). */
export async function writeTwoBit(genome: Genome, path: string): Promise<void> {
  const records: Uint8Array[] = [];
  for (const { name, length } of genome.contigs) {
    records.push(recordOf(await genome.read({ contig: name, start: 0, end: length })));
  }
  const names = genome.contigs.map(({ name }) => new TextEncoder().encode(name));
  let at = 16 + names.reduce((sum, name) => sum + 1 + name.length + 4, 0);
  const out = openSync(path, "w");
  writeSync(out, uint32s([0x1a412743, 0, names.length, 0]));
  for (const [i, name] of names.entries()) {
    writeSync(out, Uint8Array.of(name.length));
    writeSync(out, name);
    writeSync(out, uint32s([at]));
    at += records[i]?.length ?? 0;
  }
  for (const record of records) writeSync(out, record);
  closeSync(out);
}

function recordOf(bases: Uint8Array): Uint8Array {
  const unknown = runsOf(bases, (byte) => (byte & 0xdf) === 0x4e);
  const softMasked = runsOf(bases, (byte) => byte >= 0x61);
  const packed = new Uint8Array(Math.ceil(bases.length / 4));
  for (let i = 0; i < bases.length; i++) {
    const letter = String.fromCharCode((bases[i] as number) & 0xdf);
    const code = Math.max(0, LETTERS.indexOf(letter));
    packed[i >> 2] = (packed[i >> 2] as number) | (code << (6 - 2 * (i & 3)));
  }
  const head = uint32s([bases.length, ...unknown, ...softMasked, 0]);
  const record = new Uint8Array(head.length + packed.length);
  record.set(head);
  record.set(packed, head.length);
  return record;
}

/** Count, starts and lengths of the runs. */
function runsOf(bases: Uint8Array, isIn: (byte: number) => boolean): number[] {
  const starts: number[] = [];
  const lengths: number[] = [];
  for (let i = 0; i < bases.length; i++) {
    if (!isIn(bases[i] as number)) continue;
    const start = i;
    while (i < bases.length && isIn(bases[i] as number)) i++;
    starts.push(start);
    lengths.push(i - start);
  }
  return [starts.length, ...starts, ...lengths];
}

function uint32s(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setUint32(4 * i, value, true);
  return bytes;
}
