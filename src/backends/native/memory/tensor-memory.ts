/**
 * What the tensors of a backend lie in. Every array here is the backend's own: what comes from outside is copied, and
 * an array is counted as long as a tensor is in it, so that memory of the pool is used again only then.
 */

import { BackendError } from "../../../errors.ts";
import { poison } from "./poison.ts";
import { type Block, Pool, type PoolStatistics, type System } from "./pool.ts";
import { bytesOf, type NumericArray, type NumericType, viewOf } from "./values.ts";

/** Smaller tensors are plain typed arrays: making one costs 1.5 µs, filling it included, and no page is cut for it. */
const POOLED_BYTES = 16_384;

interface Storage {
  references: number;
  /** The pool's; undefined for memory of JavaScript's own. */
  readonly block: Block | undefined;
}

type View = Pick<ArrayBufferView, "buffer">;

export class TensorMemory {
  readonly #pool: Pool;
  /**
   * Counted by ArrayBuffer: JavaScript kernels make new tensors of views of their inputs' memory (slice, split,
   * complex and more), so the tensor that first had the memory says nothing about the others.
   */
  readonly #storages = new WeakMap<ArrayBufferLike, Storage>();
  #plainBytes = 0;
  #isClosed = false;

  constructor(system: System, isPoisoning: boolean) {
    this.#pool = new Pool(system, isPoisoning);
  }

  /**
   * A new array, contents undefined, that no tensor is in yet.
   *
   * @param purpose what for, for the message of a refusal
   * @throws {BackendError} when there is no memory
   */
  allocate(size: number, dtype: NumericType, purpose: () => string): NumericArray {
    this.expectOpen();
    const bytes = bytesOf(size, dtype);
    if (bytes < POOLED_BYTES) {
      const buffer = new ArrayBuffer(bytes);
      if (this.#pool.isPoisoning) poison(buffer);
      return viewOf(buffer, size, dtype);
    }
    const block = this.#pool.take(bytes, purpose);
    if (!this.#storages.has(block.buffer))
      this.#storages.set(block.buffer, { references: 0, block });
    return viewOf(block.buffer, size, dtype);
  }

  /** Counts a tensor in the memory of the array. */
  hold({ buffer }: View): void {
    let storage = this.#storages.get(buffer);
    if (storage === undefined) {
      storage = { references: 0, block: undefined };
      this.#storages.set(buffer, storage);
    }
    const isFirst = storage.references === 0;
    if (isFirst && storage.block === undefined) this.#plainBytes += buffer.byteLength;
    storage.references++;
  }

  /** Counts a tensor less; memory that the last one leaves is used again. */
  drop({ buffer }: View): void {
    const storage = this.#storages.get(buffer);
    if (storage === undefined) return;
    storage.references--;
    if (storage.references > 0) return;
    if (storage.block === undefined) this.#plainBytes -= buffer.byteLength;
    else this.#pool.give(storage.block);
  }

  /** Tensors in the memory of the array. */
  count({ buffer }: View): number {
    return this.#storages.get(buffer)?.references ?? 0;
  }

  /** Bytes that tensors and idle blocks hold. */
  get bytes(): number {
    const { bytesInUse, idleBytes } = this.#pool.statistics;
    return bytesInUse + idleBytes + this.#plainBytes;
  }

  get statistics(): PoolStatistics {
    return this.#pool.statistics;
  }

  resetStatistics(): void {
    this.#pool.resetStatistics();
  }

  /** Gives idle blocks back to the system. */
  trim(): void {
    this.#pool.trim();
  }

  /** Gives all blocks back to the system; arrays in them are empty from then on. */
  close(): void {
    this.#isClosed = true;
    this.#pool.close();
  }

  /** @throws {BackendError} when the memory was given back */
  expectOpen(): void {
    if (!this.#isClosed) return;
    throw new BackendError(
      "expected a tensor of the backend in use, got one of a native backend that was shut down " +
        "(started with another precision, it is a new one): make the tensor again",
    );
  }
}
