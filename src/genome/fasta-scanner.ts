/**
 * FASTA text in any pieces to contigs, bases and index records, in one pass with constant memory.
 *
 * The grammar is what `samtools faidx` can index, and stricter: lines of a contig are equally long but for its last,
 * line ends are LF or CRLF, blank lines stand only between contigs, every letter is a nucleotide code, names are
 * unique. Carriage returns alone (old Macintosh files) are refused.
 */

import { FastaError } from "../errors.ts";
import type { BaseLines, ByteLoops } from "./byte-loops.ts";
import { ContigLayout } from "./contig-layout.ts";
import { type FaiRecord, MAX_CONTIGS } from "./fai.ts";
import { parseHeader } from "./fasta-header.ts";
import { describeFirstByte } from "./first-byte.ts";
import { describeBadBase } from "./nucleotide.ts";
import { plainByteLoops } from "./plain-byte-loops.ts";

/** Bytes of one header line. */
export const MAX_HEADER_BYTES: number = 2 ** 20;

/** What a scan reports, in file order. */
export interface FastaSink {
  /** A header; its bases follow. */
  contig(name: string, description: string): void;
  /** Bases in their normal form, or as they are with `keepsCodes`; the array is valid during the call only. */
  bases(bases: Uint8Array): void;
  /** The end of the contig; a contig without bases has length 0. */
  end(record: FaiRecord): void;
}

type Place = "line start" | "header" | "sequence" | "carriage return";

/** A line of any length, to its end. */
const ONE_LINE: BaseLines = {
  lineBases: Number.MAX_SAFE_INTEGER - 1,
  lineWidth: Number.MAX_SAFE_INTEGER,
};

const LF = 0x0a;
const CR = 0x0d;
const HEADER_MARK = 0x3e; // >

export interface ScanOptions {
  /** Contigs beyond this are refused. */
  readonly maxContigs?: number | undefined;
  /** Report IUPAC codes as they are in the file, for a digest of it; by default as N. */
  readonly keepsCodes?: boolean | undefined;
  readonly loops?: ByteLoops | undefined;
}

export class FastaScanner {
  readonly #file: string;
  readonly #sink: FastaSink;
  readonly #maxContigs: number;
  readonly #keepsCodes: boolean;
  readonly #loops: ByteLoops;
  readonly #names = new Set<string>();
  #place: Place = "line start";
  /** 1-based. */
  #line = 1;
  /** Bytes before the current piece. */
  #before = 0;
  #lineBases = 0;
  #header: Uint8Array[] = [];
  #headerBytes = 0;
  #contig: ContigLayout | undefined;
  #out: Uint8Array = new Uint8Array(0);
  #outLength = 0;

  /** @param file what messages call the text */
  constructor(file: string, sink: FastaSink, options: ScanOptions = {}) {
    this.#file = file;
    this.#sink = sink;
    this.#maxContigs = options.maxContigs ?? MAX_CONTIGS;
    this.#keepsCodes = options.keepsCodes ?? false;
    this.#loops = options.loops ?? plainByteLoops;
  }

  /** Takes the next bytes of the text. @throws {FastaError} naming file, line and byte */
  push(piece: Uint8Array): void {
    if (this.#out.length < piece.length) this.#out = new Uint8Array(piece.length);
    for (let i = 0; i < piece.length; ) {
      switch (this.#place) {
        case "line start":
          i = this.#startLine(piece, i);
          break;
        case "header":
          i = this.#readHeader(piece, i);
          break;
        case "sequence":
          i = this.#readSequence(piece, i);
          break;
        case "carriage return":
          if (piece[i] !== LF) this.#refuse(this.#before + i - 1, describeBadBase(CR));
          this.#endLine(2, this.#before + i);
          i++;
          break;
        default:
          this.#place satisfies never;
      }
    }
    this.#flush();
    this.#before += piece.length;
  }

  /** Takes the end of the text. @throws {FastaError} when it holds no contig or the last has no bases */
  finish(): void {
    if (this.#place === "header") this.#openContig(this.#before);
    if (this.#place === "sequence") this.#endLine(1, this.#before);
    if (this.#place === "carriage return") this.#endLine(2, this.#before);
    const contig = this.#contig;
    if (contig === undefined) {
      throw new FastaError(`${this.#file}: expected at least one sequence, but the file has none`);
    }
    if (contig.length === 0) {
      throw new FastaError(
        `${this.#file} line ${contig.headerLine}: expected bases after the last header, "${contig.name}", got the end of the file (is it cut?)`,
      );
    }
    this.#endContig();
  }

  #startLine(piece: Uint8Array, i: number): number {
    const byte = piece[i] as number;
    this.#lineBases = 0;
    if (byte === HEADER_MARK) {
      this.#endContig();
      this.#place = "header";
      return i + 1;
    }
    if (byte === LF) {
      this.#endLine(1, this.#before + i);
      return i + 1;
    }
    if (byte === CR) {
      this.#place = "carriage return";
      return i + 1;
    }
    if (this.#contig === undefined) this.#refuse(this.#before + i, describeFirstByte(byte));
    this.#place = "sequence";
    return i;
  }

  #readHeader(piece: Uint8Array, i: number): number {
    const lineEnd = piece.indexOf(LF, i);
    const end = lineEnd < 0 ? piece.length : lineEnd;
    this.#headerBytes += end - i;
    if (this.#headerBytes > MAX_HEADER_BYTES) {
      this.#refuse(
        this.#before + end,
        `expected a header of at most ${MAX_HEADER_BYTES} bytes, got more (are its line ends carriage returns alone?)`,
      );
    }
    this.#header.push(piece.slice(i, end));
    if (lineEnd < 0) return end;
    this.#openContig(this.#before + lineEnd + 1);
    this.#line++;
    this.#place = "line start";
    return lineEnd + 1;
  }

  /** @param offset byte of the first base */
  #openContig(offset: number): void {
    const { name, description } = parseHeader(this.#header, (what) =>
      this.#refuse(offset - 1, what),
    );
    this.#header = [];
    this.#headerBytes = 0;
    if (this.#names.has(name))
      this.#refuse(offset - 1, `expected unique names, got "${name}" again`);
    this.#names.add(name);
    if (this.#names.size > this.#maxContigs) {
      this.#refuse(offset - 1, `expected at most ${this.#maxContigs} contigs, got more`);
    }
    this.#contig = new ContigLayout(name, offset, this.#line);
    this.#sink.contig(name, description);
  }

  #readSequence(piece: Uint8Array, i: number): number {
    const whole = this.#lineBases === 0 ? this.#readFullLines(piece, i) : 0;
    if (whole > 0) return i + whole;
    const stop = i + this.#unwrap(piece, i, ONE_LINE, piece.length - i);
    this.#outLength += stop - i;
    this.#lineBases += stop - i;
    if (stop === piece.length) return stop;
    if (piece[stop] === LF) {
      this.#endLine(1, this.#before + stop);
      return stop + 1;
    }
    if (piece[stop] !== CR) {
      this.#refuse(this.#before + stop, describeBadBase(piece[stop] as number));
    }
    this.#place = "carriage return";
    return stop + 1;
  }

  /** Takes as many full lines as follow each other, whole, and returns their bytes. */
  #readFullLines(piece: Uint8Array, i: number): number {
    const contig = this.#contig;
    const lines = contig?.fullLines;
    if (contig === undefined || lines === undefined) return 0;
    const { lineBases, lineWidth } = lines;
    const there = Math.floor((piece.length - i) / lineWidth);
    const bases = this.#unwrap(piece, i, lines, there * lineBases);
    // A line is known to be whole when the next one begins; the last one's end stands behind its bases.
    let whole = Math.max(0, Math.ceil(bases / lineBases) - 1);
    if (bases === there * lineBases && there > 0) {
      const end = i + there * lineWidth;
      const isEnd = piece[end - 1] === LF && (lineWidth - lineBases === 1 || piece[end - 2] === CR);
      if (isEnd) whole = there;
    }
    if (whole === 0) return 0;
    this.#outLength += whole * lineBases;
    this.#line += whole;
    contig.addFullLines(whole);
    this.#place = "line start";
    return whole * lineWidth;
  }

  #unwrap(piece: Uint8Array, i: number, lines: BaseLines, count: number): number {
    return this.#loops.unwrap(
      piece,
      i,
      piece.length,
      0,
      lines,
      this.#keepsCodes,
      this.#out,
      this.#outLength,
      count,
    );
  }

  /** @param endBytes bytes of the line end; 1 at the end of the file too, as samtools counts */
  #endLine(endBytes: 1 | 2, offset: number): void {
    this.#contig?.addLine(this.#lineBases, endBytes, (what) => this.#refuse(offset, what));
    this.#lineBases = 0;
    this.#line++;
    this.#place = "line start";
  }

  #endContig(): void {
    this.#flush();
    if (this.#contig !== undefined) this.#sink.end(this.#contig.record());
  }

  #flush(): void {
    if (this.#outLength > 0) this.#sink.bases(this.#out.subarray(0, this.#outLength));
    this.#outLength = 0;
  }

  #refuse(offset: number, what: string): never {
    throw new FastaError(`${this.#file} line ${this.#line}, byte ${offset}: ${what}`);
  }
}
