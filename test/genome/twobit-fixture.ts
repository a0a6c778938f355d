/** .2bit files written by the format's description, independent of the reader under test. */

import { concat } from "./fixtures.ts";

export interface TwoBitOptions {
  readonly version?: 0 | 1;
  readonly isLittleEndian?: boolean;
}

/** Bytes of a file with these contigs; N and lower case become runs. */
export function twoBitFile(
  contigs: readonly (readonly [name: string, bases: string])[],
  { version = 0, isLittleEndian = true }: TwoBitOptions = {},
): Uint8Array<ArrayBuffer> {
  const uint32 = (values: readonly number[]): Uint8Array => {
    const bytes = new Uint8Array(4 * values.length);
    const view = new DataView(bytes.buffer);
    for (const [i, value] of values.entries()) view.setUint32(4 * i, value, isLittleEndian);
    return bytes;
  };
  const offset = (value: number): Uint8Array => {
    if (version === 0) return uint32([value]);
    return uint32(isLittleEndian ? [value, 0] : [0, value]);
  };
  const records = contigs.map(([, bases]) => {
    const unknown = runsOf(bases, /[Nn]+/g);
    const masked = runsOf(bases, /[a-z]+/g);
    const packed = new Uint8Array(Math.ceil(bases.length / 4));
    const upper = bases.toUpperCase();
    for (let i = 0; i < bases.length; i++) {
      const code = Math.max(0, "TCAG".indexOf(upper.charAt(i)));
      packed[i >> 2] = (packed[i >> 2] as number) | (code << (6 - 2 * (i % 4)));
    }
    const runs = [unknown, masked].map((list) =>
      uint32([list.length, ...list.map(([start]) => start), ...list.map(([, length]) => length)]),
    );
    return concat(uint32([bases.length]), ...runs, uint32([0]), packed);
  });
  const names = contigs.map(([name]) => new TextEncoder().encode(name));
  const entryBytes = names.map((name) => 1 + name.length + (version === 0 ? 4 : 8));
  let at = 16 + entryBytes.reduce((sum, bytes) => sum + bytes, 0);
  const index = names.map((name, i) => {
    const entry = concat(Uint8Array.of(name.length), name, offset(at));
    at += records[i]?.length ?? 0;
    return entry;
  });
  return concat(uint32([0x1a412743, version, contigs.length, 0]), ...index, ...records);
}

function runsOf(bases: string, pattern: RegExp): [start: number, length: number][] {
  return [...bases.matchAll(pattern)].map((match) => [match.index, match[0].length]);
}
