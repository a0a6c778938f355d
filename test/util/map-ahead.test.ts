import { describe, expect, it } from "vitest";
import { mapAhead } from "../../src/util/map-ahead.ts";

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe("mapAhead", () => {
  it.each([0, 1, 3, 100])("keeps the order, with %i more in flight", async (ahead) => {
    let inFlight = 0;
    let most = 0;
    const items = Array.from({ length: 20 }, (_, i) => i);
    const made = mapAhead(items, ahead, async (item) => {
      most = Math.max(most, ++inFlight);
      for (let turns = (item * 7) % 5; turns >= 0; turns--) await Promise.resolve();
      inFlight--;
      return item;
    });
    expect(await all(made)).toEqual(items);
    expect(most).toBe(Math.min(ahead + 1, items.length));
  });

  it("throws at the item that failed, after those before it", async () => {
    const taken: number[] = [];
    const made = mapAhead([0, 1, 2, 3], 3, async (item) => {
      if (item === 2) throw new Error("2 is broken");
      return item;
    });
    const take = async (): Promise<void> => {
      for await (const item of made) taken.push(item);
    };
    await expect(take()).rejects.toThrow("2 is broken");
    expect(taken).toEqual([0, 1]);
  });

  it("begins nothing that nobody asks for", async () => {
    const begun: number[] = [];
    for await (const item of mapAhead([0, 1, 2, 3, 4], 1, async (i) => begun.push(i))) {
      expect(item).toBe(1);
      break;
    }
    expect(begun).toEqual([0, 1]);
  });
});
