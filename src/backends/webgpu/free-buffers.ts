/**
 * TensorFlow.js' WebGPU backend keeps every buffer that was freed for the next of the same size, and for ever: work
 * whose sizes change, as a cache of keys that grows, would fill the GPU.
 */

/** Its BufferManager, as far as it is used here. */
export interface FreeBuffers {
  /** By size and use, those asked for longest ago first. */
  readonly freeBuffers: ReadonlyMap<string, { readonly size: number; destroy(): void }[]>;
  numFreeBuffers: number;
  numBytesUsed: number;
  numBytesAllocated: number;
}

/** Free bytes that are always kept; beyond them as many as are in use. */
const KEPT_BYTES = 256 * 2 ** 20;

/** Destroys free buffers, sizes that came up first before others, until what is kept is in proportion. */
export function trimFreeBuffers(manager: FreeBuffers, keptBytes: number = KEPT_BYTES): void {
  const most = manager.numBytesUsed + Math.max(keptBytes, manager.numBytesUsed);
  if (manager.numBytesAllocated <= most) return;
  for (const buffers of manager.freeBuffers.values()) {
    for (const buffer of buffers.splice(0)) {
      buffer.destroy();
      manager.numFreeBuffers -= 1;
      manager.numBytesAllocated -= buffer.size;
    }
    if (manager.numBytesAllocated <= most) return;
  }
}
