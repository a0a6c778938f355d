/** Bytes pulled from a stream of pieces: some exactly, some by the piece, and what was too much put back. */
export class ByteQueue {
  readonly #pieces: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #left: Uint8Array = new Uint8Array(0);
  #position = 0;

  constructor(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#pieces =
      Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  }

  /** Bytes taken so far. */
  get position(): number {
    return this.#position;
  }

  /** Takes the next piece, at least one byte; undefined at the end. It is valid until the next is taken. */
  async next(): Promise<Uint8Array | undefined> {
    while (this.#left.length === 0) {
      const result = await this.#pieces.next();
      if (result.done === true) return undefined;
      this.#left = result.value;
    }
    const piece = this.#left;
    this.#left = new Uint8Array(0);
    this.#position += piece.length;
    return piece;
  }

  /** Puts back the end of the piece taken last. */
  putBack(bytes: Uint8Array): void {
    this.#left = bytes;
    this.#position -= bytes.length;
  }

  /** Takes the next `length` bytes as a copy; fewer only at the end. */
  async take(length: number): Promise<Uint8Array> {
    const out = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const piece = await this.next();
      if (piece === undefined) break;
      const used = Math.min(piece.length, length - done);
      out.set(piece.subarray(0, used), done);
      this.putBack(piece.subarray(used));
      done += used;
    }
    return out.subarray(0, done);
  }

  /** Stops the stream. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}
