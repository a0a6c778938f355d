import { expect, it } from "vitest";
import { type FreeBuffers, trimFreeBuffers } from "../../../src/backends/webgpu/free-buffers.ts";

/** A manager with free buffers of these sizes, and what was destroyed. */
function managerOf(sizes: readonly number[], numBytesUsed: number) {
  const destroyed: number[] = [];
  const buffers = sizes.map((size) => ({ size, destroy: () => void destroyed.push(size) }));
  const manager: FreeBuffers = {
    freeBuffers: new Map(buffers.map((buffer, i) => [`size ${i}`, [buffer]])),
    numFreeBuffers: sizes.length,
    numBytesUsed,
    numBytesAllocated: numBytesUsed + sizes.reduce((sum, size) => sum + size, 0),
  };
  return { manager, destroyed };
}

it("keeps what is below the limit", () => {
  const { manager, destroyed } = managerOf([30, 40, 30], 10);
  trimFreeBuffers(manager, 100);
  expect(destroyed).toEqual([]);
});

it("destroys the sizes that came first, down to the limit, and counts them", () => {
  const { manager, destroyed } = managerOf([30, 40, 50, 60], 10);
  trimFreeBuffers(manager, 115);
  expect(destroyed).toEqual([30, 40]);
  expect(manager).toMatchObject({ numFreeBuffers: 2, numBytesAllocated: 120, numBytesUsed: 10 });
});

it("keeps as much as is in use, where that is more", () => {
  const { manager, destroyed } = managerOf([300, 400, 300], 700);
  trimFreeBuffers(manager, 100);
  expect(destroyed).toEqual([300]);
});
