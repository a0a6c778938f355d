/**
 * Blocks of the system's pages that tensors take turns in. First touch of fresh pages runs at a tenth of the speed of
 * memory that was touched before, so a block that a tensor leaves is kept for the next of its size.
 */

import { BackendError } from "../../../errors.ts";
import type { SystemBinding } from "../../../util/addon/system-binding.ts";
import { formatBytes } from "../../../util/format.ts";
import { blockBytes } from "./block-size.ts";
import { isPoisoned, poison } from "./poison.ts";

/** One ArrayBuffer, made once and kept: making one costs a call into C++ and a finalizer, a view on it nothing. */
export interface Block {
  readonly buffer: ArrayBuffer;
  readonly bytes: number;
  /** Bytes that its tensor asked for; undefined while it is idle. */
  taken: number | undefined;
  /** The pool's clock when it came back. */
  idleSince: number;
}

export interface PoolStatistics {
  /** Blocks asked from the system so far. */
  readonly freshBlocks: number;
  /** Bytes of the blocks that tensors are in, now and at most. */
  readonly bytesInUse: number;
  readonly peakBytes: number;
  /** Bytes of blocks that wait for a tensor. */
  readonly idleBytes: number;
}

/** A block that was not needed for so many others goes back to the system; a train step takes some thousands at most. */
const PATIENCE = 1 << 16;

/** Where blocks come from. */
export type System = Pick<SystemBinding, "allocate" | "release">;

export class Pool {
  /** For tests: memory that is free or not yet written is poisoned, and a write to it is an error. */
  readonly isPoisoning: boolean;
  readonly #system: System;
  readonly #idle = new Map<number, Block[]>();
  readonly #inUse = new Set<Block>();
  #clock = 0;
  #freshBlocks = 0;
  #bytesInUse = 0;
  #peakBytes = 0;
  #idleBytes = 0;

  constructor(system: System, isPoisoning = false) {
    this.#system = system;
    this.isPoisoning = isPoisoning;
  }

  /**
   * A block of at least `bytes` bytes, contents undefined.
   *
   * @param purpose what for, for the message of a refusal
   * @throws {BackendError} when neither the pool nor the system has the memory, idle blocks given back included
   */
  take(bytes: number, purpose: () => string): Block {
    this.#clock++;
    if (this.#clock % PATIENCE === 0) this.#releaseIdle(this.#clock - PATIENCE);
    const size = blockBytes(bytes);
    const block = this.#idle.get(size)?.pop() ?? this.#fresh(size, purpose);
    if (block.idleSince > 0) {
      this.#idleBytes -= size;
      if (this.isPoisoning && !isPoisoned(block.buffer)) throw damage("after it was free");
    }
    block.taken = bytes;
    this.#inUse.add(block);
    this.#bytesInUse += size;
    this.#peakBytes = Math.max(this.#peakBytes, this.#bytesInUse);
    return block;
  }

  /** Takes back a block that no tensor is in any more. */
  give(block: Block): void {
    if (!this.#inUse.delete(block)) return; // the pool was closed
    if (this.isPoisoning) {
      const end = Math.ceil((block.taken ?? 0) / 4) * 4;
      if (!isPoisoned(block.buffer, end)) throw damage("behind its end");
      poison(block.buffer);
    }
    block.taken = undefined;
    block.idleSince = this.#clock + 1;
    this.#bytesInUse -= block.bytes;
    this.#idleBytes += block.bytes;
    const list = this.#idle.get(block.bytes);
    if (list === undefined) this.#idle.set(block.bytes, [block]);
    else list.push(block);
  }

  /** Gives every idle block back to the system. */
  trim(): void {
    this.#releaseIdle(Number.POSITIVE_INFINITY);
  }

  /** Gives every block back to the system; views of them are empty from then on. */
  close(): void {
    this.trim();
    for (const { buffer } of this.#inUse) this.#system.release(buffer);
    this.#inUse.clear();
    this.#bytesInUse = 0;
  }

  get statistics(): PoolStatistics {
    return {
      freshBlocks: this.#freshBlocks,
      bytesInUse: this.#bytesInUse,
      peakBytes: this.#peakBytes,
      idleBytes: this.#idleBytes,
    };
  }

  /** Counts fresh blocks and the peak from now on. */
  resetStatistics(): void {
    this.#freshBlocks = 0;
    this.#peakBytes = this.#bytesInUse;
  }

  #fresh(size: number, purpose: () => string): Block {
    const buffer = this.#allocate(size) ?? this.#allocateAfterTrim(size, purpose);
    if (this.isPoisoning) poison(buffer);
    this.#freshBlocks++;
    return { buffer, bytes: size, taken: undefined, idleSince: 0 };
  }

  #allocate(size: number): ArrayBuffer | undefined {
    try {
      return this.#system.allocate(size);
    } catch (error) {
      if (isOutOfMemory(error)) return undefined;
      throw error;
    }
  }

  #allocateAfterTrim(size: number, purpose: () => string): ArrayBuffer {
    this.trim();
    try {
      return this.#system.allocate(size);
    } catch (error) {
      if (!isOutOfMemory(error)) throw error;
      throw new BackendError(
        `expected room for ${formatBytes(size)} (${size} bytes) of memory for ${purpose()}, got none ` +
          `(the tensors of now hold ${formatBytes(this.#bytesInUse)}): use a smaller --batch-size or --length, ` +
          "with --accumulate for the same step",
        { cause: error },
      );
    }
  }

  /** Gives blocks back that came back before the clock stood at `before`; lists are oldest first. */
  #releaseIdle(before: number): void {
    for (const [size, list] of this.#idle) {
      const keep = list.findIndex(({ idleSince }) => idleSince >= before);
      for (const { buffer } of list.splice(0, keep === -1 ? list.length : keep)) {
        this.#system.release(buffer);
        this.#idleBytes -= size;
      }
      if (list.length === 0) this.#idle.delete(size);
    }
  }
}

/** Whether C++ found no memory. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof RangeError && "code" in error && error.code === "GDIFF_OUT_OF_MEMORY";
}

function damage(where: string): Error {
  return new Error(`internal: a kernel wrote to a block of memory ${where}`);
}
