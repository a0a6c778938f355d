import { expect, test } from "vitest";
import type { LabelledSequence } from "../../../src/data/labelled/labelled-sequence.ts";
import {
  cutLabelledWindows,
  labelledWindowSource,
} from "../../../src/data/labelled/labelled-windows.ts";
import { N_ID } from "../../../src/tokens/alphabet.ts";
import { reverseComplementIds } from "../../../src/tokens/complement.ts";
import { randomIds } from "../../support/random-ids.ts";

const sequence = (id: string, ids: Uint8Array, label: number): LabelledSequence => ({
  id,
  ids,
  label,
});
const SEQUENCES = Array.from({ length: 7 }, (_, i) =>
  sequence(`s${i}`, randomIds(10 + i, i + 1), i % 3),
);

test("a window is the middle of its sequence; the shorter and those of too many N have none", () => {
  const ids = Uint8Array.of(0, 1, 2, 3, 0, 1, 2);
  const withN = ids.with(3, N_ID);
  const given = [
    sequence("odd", ids, 1),
    sequence("even", ids.subarray(1), 0),
    sequence("exact", ids.subarray(2, 6), 2),
    sequence("short", ids.subarray(0, 3), 0),
    sequence("n", withN, 1),
  ];
  const { windows, ...left } = cutLabelledWindows(given, 4, 0.2);
  expect(left).toEqual({ tooShort: 1, tooManyN: 1 });
  expect(
    windows.map(({ ids, interval, label }) => [[...ids], interval.start, interval.end, label]),
  ).toEqual([
    [[1, 2, 3, 0], 1, 5, 1],
    [[2, 3, 0, 1], 1, 5, 0],
    [[2, 3, 0, 1], 0, 4, 2],
  ]);
  expect(cutLabelledWindows(given, 4, 0.25).windows).toHaveLength(4);
});

test("an epoch has every window once, in another order each time, with its own class, from either strand", async () => {
  const { windows } = cutLabelledWindows(SEQUENCES, 10, 0);
  const source = labelledWindowSource(windows, { reverseComplement: 0.5, seed: 3 });
  expect(source.windows).toBe(7);
  const orders: string[][] = [];
  let turned = 0;
  for (let epoch = 0; epoch < 40; epoch++) {
    const order: string[] = [];
    for (let i = epoch * 7; i < (epoch + 1) * 7; i++) {
      const window = await source.window(i);
      expect(source.windowSync?.(i)).toEqual(window);
      const own = windows.find(({ interval }) => interval.contig === window.interval.contig);
      expect(source.labelOf?.(i)).toBe(own?.label);
      const clean = own?.ids as Uint8Array;
      expect(window.ids).toEqual(window.strand === "-" ? reverseComplementIds(clean) : clean);
      turned += window.strand === "-" ? 1 : 0;
      order.push(window.interval.contig);
    }
    expect(new Set(order).size).toBe(7);
    orders.push(order);
  }
  expect(new Set(orders.map((order) => order.join())).size).toBeGreaterThan(35);
  expect(Math.abs(turned - 140)).toBeLessThan(4 * Math.sqrt(280 / 4));
});
