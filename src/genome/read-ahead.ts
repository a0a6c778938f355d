/** Places at which somebody reads on from where the last read ended: what they want next is known. */

/** Reads from front to back that are followed at the same time. */
const MAX_STREAMS = 8;
/** The first read that goes on where another ended may be chance: two neighbouring windows. */
const FIRST_STREAK = 2;

interface Stream {
  /** Byte after the last read. */
  end: number;
  /** Reads that went on from the one before. */
  streak: number;
}

export class ReadAhead {
  readonly #streams: Stream[] = []; // the one used last is the last
  readonly #maxBytes: number;

  /** @param maxBytes to read ahead at most */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Takes note of a read; returns how many bytes after it are worth reading too: none, then twice the read, four times, … */
  bytesAfter(offset: number, length: number): number {
    const index = this.#streams.findIndex(({ end }) => end === offset);
    const [stream] = index < 0 ? [] : this.#streams.splice(index, 1);
    const streak = stream === undefined ? 0 : stream.streak + 1;
    this.#streams.push({ end: offset + length, streak });
    if (this.#streams.length > MAX_STREAMS) this.#streams.shift();
    if (streak < FIRST_STREAK) return 0;
    return Math.min(this.#maxBytes, length * 2 ** Math.min(streak - FIRST_STREAK + 1, 20));
  }
}
