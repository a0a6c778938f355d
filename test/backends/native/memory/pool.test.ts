import { describe, expect, it } from "vitest";
import { blockBytes } from "../../../../src/backends/native/memory/block-size.ts";
import { Pool } from "../../../../src/backends/native/memory/pool.ts";

const KIB = 1024;

/** JavaScript's memory in the system's place. */
function fakeSystem() {
  const released: ArrayBuffer[] = [];
  return {
    released,
    system: {
      allocate: (bytes: number) => new ArrayBuffer(bytes),
      release: (buffer: ArrayBuffer) => void released.push(buffer),
    },
  };
}

const purpose = (): string => "a test";

describe("blockBytes", () => {
  it("is whole pages, at least what is asked, an eighth more (or a page) at most, and its own size", () => {
    for (let bytes = 1; bytes < 2 ** 45; bytes = Math.ceil(bytes * 1.037)) {
      for (const asked of [bytes - 1, bytes, bytes + 1].filter((n) => n > 0)) {
        const size = blockBytes(asked);
        const isFit = size >= asked && size - asked < Math.max(4096, asked / 8 + 1);
        const isFixed = size % 4096 === 0 && blockBytes(size) === size;
        expect(isFit && isFixed, `${asked} in ${size}`).toBe(true);
      }
    }
  });

  it("has eight sizes an octave", () => {
    const sizes = new Set<number>();
    for (let bytes = 2 ** 20 + 1; bytes <= 2 ** 21; bytes += 1023) sizes.add(blockBytes(bytes));
    expect(sizes.size).toBe(8);
  });
});

describe("Pool", () => {
  it("gives a block that came back to the next of its size, the last one first", () => {
    const pool = new Pool(fakeSystem().system);
    const [a, b] = [pool.take(40 * KIB, purpose), pool.take(40 * KIB, purpose)];
    expect(a).not.toBe(b);
    pool.give(a);
    pool.give(b);
    expect(pool.take(39 * KIB, purpose)).toBe(b);
    expect(pool.take(40 * KIB, purpose)).toBe(a);
    expect(pool.take(20 * KIB, purpose)).not.toBe(a);
    expect(pool.statistics.freshBlocks).toBe(3);
  });

  it("counts bytes in use, at most, and idle", () => {
    const pool = new Pool(fakeSystem().system);
    const [a, b] = [pool.take(32 * KIB, purpose), pool.take(64 * KIB, purpose)];
    pool.give(a);
    expect(pool.statistics).toEqual({
      freshBlocks: 2,
      bytesInUse: 64 * KIB,
      peakBytes: 96 * KIB,
      idleBytes: 32 * KIB,
    });
    pool.resetStatistics();
    expect(pool.statistics).toMatchObject({ freshBlocks: 0, peakBytes: 64 * KIB });
    pool.give(b);
    expect(pool.statistics).toMatchObject({ bytesInUse: 0, idleBytes: 96 * KIB });
  });

  it("gives back what was not needed for long, and nothing that a steady step needs", () => {
    const { system, released } = fakeSystem();
    const pool = new Pool(system);
    const once = pool.take(800 * KIB, purpose);
    pool.give(once);
    for (let step = 0; step < 70; step++) {
      for (let i = 0; i < 2000; i++) pool.give(pool.take(32 * KIB, purpose));
      pool.give(pool.take(96 * KIB, purpose)); // once a step
    }
    expect(released).toEqual([once.buffer]);
    expect(pool.statistics).toMatchObject({ freshBlocks: 3, idleBytes: 128 * KIB });
  });

  it("gives idle blocks back when asked, and all when closed", () => {
    const { system, released } = fakeSystem();
    const pool = new Pool(system);
    const [a, b] = [pool.take(32 * KIB, purpose), pool.take(64 * KIB, purpose)];
    pool.give(a);
    pool.trim();
    expect(released).toEqual([a.buffer]);
    pool.close();
    expect(released).toEqual([a.buffer, b.buffer]);
    pool.give(b); // its tensor is disposed later
    expect(pool.statistics).toMatchObject({ bytesInUse: 0, idleBytes: 0 });
  });

  it("says when a kernel wrote to free memory, or behind the end of its own", () => {
    const pool = new Pool(fakeSystem().system, true);
    const block = pool.take(40_000, purpose);
    expect(new Float32Array(block.buffer).every(Number.isNaN)).toBe(true);
    new Float32Array(block.buffer, 0, 10_000).fill(1);
    pool.give(block);
    expect(new Float32Array(block.buffer).every(Number.isNaN)).toBe(true);
    new Float32Array(block.buffer)[17] = 1;
    expect(() => pool.take(40_000, purpose)).toThrow(
      "internal: a kernel wrote to a block of memory after it was free",
    );
    const other = pool.take(20_000, purpose);
    new Float32Array(other.buffer)[5000] = 1;
    expect(() => pool.give(other)).toThrow(
      "internal: a kernel wrote to a block of memory behind its end",
    );
  });

  it("passes on what is no lack of memory", () => {
    const broken = new Error("broken");
    const pool = new Pool({
      allocate: () => {
        throw broken;
      },
      release: () => {},
    });
    expect(() => pool.take(1, purpose)).toThrow(broken);
  });
});
