import { expect, test } from "vitest";
import { ReadAhead } from "../../src/genome/read-ahead.ts";

test("reads ahead of the third read in a row, twice as far each time, up to its bound", () => {
  const ahead = new ReadAhead(100);
  const found = [0, 10, 20, 30, 40, 50].map((offset) => ahead.bytesAfter(offset, 10));
  expect(found).toEqual([0, 0, 20, 40, 80, 100]);
  expect(ahead.bytesAfter(500, 10)).toBe(0);
  expect(ahead.bytesAfter(60, 10)).toBe(100);
});

test("follows eight readers, and forgets the one that was quiet longest", () => {
  const ahead = new ReadAhead(1000);
  for (let turn = 0; turn < 2; turn++) {
    for (let reader = 0; reader < 8; reader++) ahead.bytesAfter(reader * 1000 + turn * 10, 10);
  }
  for (let reader = 0; reader < 8; reader++) {
    expect(ahead.bytesAfter(reader * 1000 + 20, 10)).toBe(20);
  }
  ahead.bytesAfter(9999, 10);
  expect(ahead.bytesAfter(30, 10)).toBe(0);
  expect(ahead.bytesAfter(2030, 10)).toBe(40);
});

test("scattered reads are left alone", () => {
  const ahead = new ReadAhead(1000);
  for (let i = 0; i < 100; i++) expect(ahead.bytesAfter((i * 7919) % 10_007, 5)).toBe(0);
});
