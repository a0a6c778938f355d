import { expect, test } from "vitest";
import { BlockCache } from "../../src/genome/block-cache.ts";

const kept = (cache: BlockCache, ...keys: readonly number[]): number[] =>
  keys.filter((key) => cache.get(key) !== undefined);

test("keeps the blocks used last within its bytes", () => {
  const cache = new BlockCache(10);
  for (const key of [1, 2, 3]) cache.set(key, new Uint8Array(3));
  expect(kept(cache, 2, 3, 1)).toEqual([2, 3, 1]); // 2 is now unused for longest
  cache.set(4, new Uint8Array(4));
  expect(kept(cache, 1, 2, 3, 4)).toEqual([1, 3, 4]);
  cache.set(5, new Uint8Array(9));
  expect(kept(cache, 1, 3, 4, 5)).toEqual([5]);
});

test("counts a block that is set again once", () => {
  const cache = new BlockCache(10);
  cache.set(1, new Uint8Array(4));
  for (let i = 0; i < 5; i++) cache.set(2, new Uint8Array(6));
  expect(kept(cache, 1, 2)).toEqual([1, 2]);
});

test("keeps the newest block whatever its size", () => {
  const cache = new BlockCache(10);
  cache.set(1, new Uint8Array(4));
  cache.set(2, new Uint8Array(99));
  expect(kept(cache, 1, 2)).toEqual([2]);
});
