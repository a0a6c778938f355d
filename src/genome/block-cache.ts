/** The blocks used last, up to a count; the one unused for longest leaves first. */
export class BlockCache {
  readonly #blocks = new Map<number, Uint8Array>();
  readonly #capacity: number;

  /** @param capacity blocks, at least 1 */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: number): Uint8Array | undefined {
    const block = this.#blocks.get(key);
    if (block === undefined) return undefined;
    this.#blocks.delete(key); // a Map lists its keys by age
    this.#blocks.set(key, block);
    return block;
  }

  set(key: number, block: Uint8Array): void {
    this.#blocks.delete(key);
    this.#blocks.set(key, block);
    if (this.#blocks.size <= this.#capacity) return;
    for (const oldest of this.#blocks.keys()) {
      this.#blocks.delete(oldest);
      return;
    }
  }
}
