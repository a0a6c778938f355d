import { expect, test } from "vitest";
import { parseContentRange } from "../../../src/util/http/content-range.ts";

test("reads the three forms", () => {
  expect(parseContentRange("bytes 0-99/1000")).toEqual({
    range: { start: 0, end: 100 },
    size: 1000,
  });
  expect(parseContentRange(" bytes 5-5/* ")).toEqual({ range: { start: 5, end: 6 } });
  expect(parseContentRange("bytes */1000")).toEqual({ size: 1000 });
});

test.each([
  undefined,
  "",
  "0-99/1000",
  "bytes 0-99",
  "bytes=0-99/1000",
  "bytes 99-0/1000",
  "bytes 0-1000/1000",
  "bytes 0-99/99999999999999999999",
  "bytes -1-5/10",
  "items 0-9/10",
  "bytes 0-9/10, bytes 0-9/10",
])("refuses %s", (header) => {
  expect(parseContentRange(header)).toBeUndefined();
});
