/**
 * A distant file as a byte source: what reads ask for at the same time is fetched in few requests, no page twice at
 * once, and the pages used last are kept.
 */

import { BlockCache } from "./block-cache.ts";
import { type ByteSource, checkByteRange } from "./byte-source.ts";
import { type PageRun, pageRuns } from "./page-runs.ts";
import { ReadAhead } from "./read-ahead.ts";

export interface PagedSourceOptions {
  /** Bytes of a page. */
  readonly pageBytes?: number;
  /** Bytes of pages that are kept; those in use and on their way come on top. */
  readonly cacheBytes?: number;
  /** Bytes that are fetched unasked rather than making two requests. */
  readonly maxGapBytes?: number;
  /** Bytes of one request. */
  readonly maxRequestBytes?: number;
  /** Bytes that are fetched ahead of one who reads from front to back. */
  readonly maxAheadBytes?: number;
  /** Requests at a time. */
  readonly maxRequests?: number;
  /** Calls back once what wants to read now has said so. */
  readonly soon: (callback: () => void) => void;
}

/** The bytes `[start, end)` of the file. */
export type FetchRange = (start: number, end: number) => Promise<Uint8Array>;

/** Reads longer than this are done in parts, so that one read of a whole file costs little memory. */
const MAX_PART_BYTES = 2 ** 23;

/** Returns a source that reads through `fetch`; closing it does nothing but let go of the pages. */
export function pagedSource(
  name: string,
  size: number,
  fetch: FetchRange,
  options: PagedSourceOptions,
): ByteSource {
  const pages = new Pages(size, fetch, options);
  const source = { name, size };
  return {
    ...source,
    async read(offset, length, into) {
      checkByteRange(source, offset, length);
      const out = into === undefined ? new Uint8Array(length) : into.subarray(0, length);
      for (let done = 0; done < length; done += MAX_PART_BYTES) {
        const part = out.subarray(done, done + MAX_PART_BYTES);
        await pages.read(offset + done, part);
      }
      return out;
    },
    close: async () => pages.clear(),
  };
}

interface Waiter {
  readonly promise: Promise<Uint8Array>;
  readonly resolve: (page: Uint8Array) => void;
  readonly reject: (cause: unknown) => void;
}

class Pages {
  readonly #fetch: FetchRange;
  readonly #size: number;
  readonly #pageBytes: number;
  readonly #maxGap: number;
  readonly #maxCount: number;
  readonly #maxRequests: number;
  readonly #soon: PagedSourceOptions["soon"];
  readonly #ahead: ReadAhead;
  readonly #cacheBytes: number;
  #cache: BlockCache;
  /** Pages wanted or on their way. */
  readonly #waiters = new Map<number, Waiter>();
  /** Pages wanted since the last requests were planned. */
  #wanted: number[] = [];
  #runs: PageRun[] = [];
  #requests = 0;

  constructor(size: number, fetch: FetchRange, options: PagedSourceOptions) {
    const { pageBytes = 2 ** 14, cacheBytes = 2 ** 25, maxGapBytes = 2 ** 15 } = options;
    this.#fetch = fetch;
    this.#size = size;
    this.#pageBytes = pageBytes;
    this.#maxGap = Math.floor(maxGapBytes / pageBytes);
    this.#maxCount = Math.max(1, Math.floor((options.maxRequestBytes ?? 2 ** 21) / pageBytes));
    this.#maxRequests = options.maxRequests ?? 8;
    this.#soon = options.soon;
    this.#ahead = new ReadAhead(options.maxAheadBytes ?? 2 ** 22);
    this.#cacheBytes = cacheBytes;
    this.#cache = new BlockCache(cacheBytes);
  }

  /** Fills `out` with the bytes from `offset` on. */
  async read(offset: number, out: Uint8Array): Promise<void> {
    if (out.length === 0) return;
    const end = offset + out.length;
    const first = this.#pageOf(offset);
    const last = this.#pageOf(end - 1);
    const parts: (Uint8Array | Promise<Uint8Array>)[] = [];
    for (let page = first; page <= last; page++) parts.push(this.#page(page));
    const endAhead = Math.min(this.#size, end + this.#ahead.bytesAfter(offset, out.length));
    for (let page = last + 1; page <= this.#pageOf(endAhead - 1); page++) {
      const coming = this.#page(page);
      if (coming instanceof Promise) coming.catch(() => {}); // who reads it will ask again
    }
    const whole = await Promise.all(parts);
    for (const [i, bytes] of whole.entries()) {
      const start = (first + i) * this.#pageBytes;
      const from = Math.max(offset, start);
      const to = Math.min(end, start + bytes.length);
      out.set(bytes.subarray(from - start, to - start), from - offset);
    }
  }

  clear(): void {
    this.#cache = new BlockCache(this.#cacheBytes);
  }

  #pageOf(offset: number): number {
    return Math.floor(offset / this.#pageBytes);
  }

  #page(page: number): Uint8Array | Promise<Uint8Array> {
    const kept = this.#cache.get(page);
    if (kept !== undefined) return kept;
    const coming = this.#waiters.get(page);
    if (coming !== undefined) return coming.promise;
    const waiter = newWaiter();
    this.#waiters.set(page, waiter);
    if (this.#wanted.length === 0) this.#soon(() => this.#plan());
    this.#wanted.push(page);
    return waiter.promise;
  }

  #plan(): void {
    this.#runs.push(...pageRuns(this.#wanted, this.#maxGap, this.#maxCount));
    this.#wanted = [];
    this.#start();
  }

  #start(): void {
    while (this.#requests < this.#maxRequests) {
      const run = this.#runs.shift();
      if (run === undefined) return;
      this.#requests++;
      void this.#fetchRun(run).finally(() => {
        this.#requests--;
        this.#start();
      });
    }
  }

  async #fetchRun({ first, count }: PageRun): Promise<void> {
    const start = first * this.#pageBytes;
    const end = Math.min(this.#size, (first + count) * this.#pageBytes);
    try {
      const bytes = await this.#fetch(start, end);
      for (let page = first; page < first + count; page++) {
        const at = (page - first) * this.#pageBytes;
        const own = bytes.slice(at, at + this.#pageBytes); // a view would keep the whole run in memory
        this.#cache.set(page, own);
        this.#settle(page)?.resolve(own);
      }
    } catch (cause) {
      for (let page = first; page < first + count; page++) this.#settle(page)?.reject(cause);
    }
  }

  #settle(page: number): Waiter | undefined {
    const waiter = this.#waiters.get(page);
    this.#waiters.delete(page);
    return waiter;
  }
}

function newWaiter(): Waiter {
  let resolve: Waiter["resolve"] = () => {};
  let reject: Waiter["reject"] = () => {};
  const promise = new Promise<Uint8Array>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
