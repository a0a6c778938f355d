/** The blocks used last, up to a number of bytes; the one unused for longest leaves first, the newest never. */
export class BlockCache {
  readonly #blocks = new Map<number, Uint8Array>();
  readonly #capacityBytes: number;
  #bytes = 0;

  constructor(capacityBytes: number) {
    this.#capacityBytes = capacityBytes;
  }

  get(key: number): Uint8Array | undefined {
    const block = this.#blocks.get(key);
    if (block === undefined) return undefined;
    this.#blocks.delete(key); // a Map lists its keys by age
    this.#blocks.set(key, block);
    return block;
  }

  set(key: number, block: Uint8Array): void {
    this.#delete(key);
    this.#blocks.set(key, block);
    this.#bytes += block.length;
    for (const oldest of this.#blocks.keys()) {
      if (this.#bytes <= this.#capacityBytes || oldest === key) return;
      this.#delete(oldest);
    }
  }

  #delete(key: number): void {
    this.#bytes -= this.#blocks.get(key)?.length ?? 0;
    this.#blocks.delete(key);
  }
}
