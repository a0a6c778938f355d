/** The add-on's loops over bytes, and its decompression, where there is an add-on. */

import { BackendError } from "../errors.ts";
import { loadAddon } from "../util/addon/load.ts";
import type { SystemBinding } from "../util/addon/system-binding.ts";
import type { ByteLoops } from "./byte-loops.ts";
import type { Inflate } from "./inflate.ts";
import { nodeInflate } from "./node-inflate.ts";
import { plainByteLoops } from "./plain-byte-loops.ts";

/** What genomes ask of the add-on; native/api/genome.cc has the functions. */
export interface GenomeBinding extends SystemBinding {
  /** As ByteLoops.unwrap, in bytes and bases. */
  genomeUnwrap(
    from: Uint8Array,
    start: number,
    end: number,
    column: number,
    lineBases: number,
    endBytes: number,
    keepsCodes: boolean,
    to: Uint8Array,
    at: number,
    count: number,
  ): number;
  /** As ByteLoops.encode. */
  genomeEncode(bases: Uint8Array, ids: Uint8Array, isSoftMasked: Uint8Array): number;
  /** Inflates a raw deflate stream; returns the bytes written, or why not as a negative number. */
  genomeInflate(from: Uint8Array, to: Uint8Array): number;
  /** As FileLoops.readLines. */
  genomeReadLines(
    file: number,
    offset: number,
    bytes: number,
    column: number,
    lineBases: number,
    endBytes: number,
    to: Uint8Array,
  ): number;
  /** As FileLoops.readPacked. */
  genomeReadPacked(
    file: number,
    packed: number,
    start: number,
    runs: Uint32Array,
    unknownCount: number,
    to: Uint8Array,
  ): boolean;
}

/** As kMostBytes in native/api/genome.cc. */
const MAX_READ_BYTES = 2 ** 16;

/** What reading a genome spends its time in: the add-on's, or without one JavaScript's and Node's own. */
export interface GenomeLoops {
  readonly bytes: ByteLoops;
  readonly inflate: Inflate;
}

let loops: GenomeLoops | undefined;

/**
 * Returns the fastest loops there are.
 *
 * @throws {ConfigError} when the environment names an add-on that cannot be loaded
 */
export function genomeLoops(): GenomeLoops {
  loops ??= findLoops();
  return loops;
}

function findLoops(): GenomeLoops {
  try {
    const { binding } = loadAddon();
    if (hasGenome(binding)) return nativeLoops(binding);
  } catch (cause) {
    // Without an add-on everything is the same, slower; `gdiff doctor` says so.
    if (!(cause instanceof BackendError)) throw cause;
  }
  return { bytes: plainByteLoops, inflate: nodeInflate };
}

function hasGenome(binding: SystemBinding): binding is GenomeBinding {
  return "genomeReadPacked" in binding;
}

/** Why the add-on's inflate refused a stream, by its number (native/kernels/inflate.h). */
const FAULTS = [
  "the stream is cut",
  "a block of no known type, or a stored one with a wrong length",
  "code lengths that make no prefix code",
  "bits that are no symbol's code",
  "a match that begins before the text",
  "more text than expected",
] as const;

/** Returns the loops of `binding`. */
export function nativeLoops(binding: GenomeBinding): GenomeLoops {
  return {
    bytes: {
      unwrap: (from, start, end, column, { lineBases, lineWidth }, keepsCodes, to, at, count) =>
        binding.genomeUnwrap(
          from,
          start,
          end,
          column,
          lineBases,
          lineWidth - lineBases,
          keepsCodes,
          to,
          at,
          count,
        ),
      encode: (bases, ids, isSoftMasked) => binding.genomeEncode(bases, ids, isSoftMasked),
      files: {
        maxBytes: MAX_READ_BYTES,
        readLines: (file, offset, length, column, { lineBases, lineWidth }, to) =>
          binding.genomeReadLines(
            file,
            offset,
            length,
            column,
            lineBases,
            lineWidth - lineBases,
            to,
          ),
        readPacked: (file, packed, start, { values, unknownCount }, to) =>
          binding.genomeReadPacked(file, packed, start, values, unknownCount, to),
      },
    },
    inflate: {
      inflateRaw(bytes, expectedLength, into) {
        const out = into?.subarray(0, expectedLength) ?? new Uint8Array(expectedLength);
        const length = binding.genomeInflate(bytes, out);
        if (length < 0) throw new Error(FAULTS[-length - 1]);
        return length === out.length ? out : out.subarray(0, length);
      },
      crc32: nodeInflate.crc32,
    },
  };
}
