import type { BaseLines } from "./byte-loops.ts";
import type { FaiRecord } from "./fai.ts";

/** The lines of one contig as they come, and the index record they make: samtools' rules, and one kind of line end. */
export class ContigLayout {
  readonly name: string;
  /** Byte of the first base. */
  readonly offset: number;
  /** Line of the header in the file, 1-based. */
  readonly headerLine: number;
  length = 0;
  #lineBases = 0;
  #lineWidth = 0;
  #hasEnded = false;

  constructor(name: string, offset: number, headerLine: number) {
    this.name = name;
    this.offset = offset;
    this.headerLine = headerLine;
  }

  /**
   * Takes the next line.
   *
   * @param bases bases of the line, 0 for a blank one
   * @param endBytes bytes of its end
   * @param refuse called with what is wrong when the contig's lines cannot be indexed
   */
  addLine(bases: number, endBytes: 1 | 2, refuse: (what: string) => never): void {
    if (bases === 0) {
      this.#hasEnded = true;
      return;
    }
    if (this.#hasEnded) {
      refuse(
        `expected a header or the end of the file after the short or blank line that ends "${this.name}", got more bases ${REMEDY}`,
      );
    }
    const width = bases + endBytes;
    if (this.#lineWidth === 0) {
      this.#lineBases = bases;
      this.#lineWidth = width;
    } else if (bases > this.#lineBases) {
      refuse(`expected ${this.#lineBases} bases a line in "${this.name}", got ${bases} ${REMEDY}`);
    } else if (
      width > this.#lineWidth ||
      (width === this.#lineWidth && bases !== this.#lineBases)
    ) {
      refuse(
        `expected one kind of line end in "${this.name}", got LF and CRLF mixed (convert it: dos2unix)`,
      );
    }
    if (width < this.#lineWidth) this.#hasEnded = true;
    this.length += bases;
  }

  /** The lines that follow while they are full ones; undefined before the first and after the last. */
  get fullLines(): BaseLines | undefined {
    if (this.#hasEnded || this.#lineWidth === 0) return undefined;
    return { lineBases: this.#lineBases, lineWidth: this.#lineWidth };
  }

  /** Takes `count` of the full lines that may follow. */
  addFullLines(count: number): void {
    this.length += count * this.#lineBases;
  }

  record(): FaiRecord {
    return {
      name: this.name,
      length: this.length,
      offset: this.offset,
      lineBases: this.#lineBases,
      lineWidth: this.#lineWidth,
    };
  }
}

const REMEDY = "(rewrap the file to equal lines, for example with seqtk seq -l 60)";
