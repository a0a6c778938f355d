import { expect, test } from "vitest";
import {
  hasValidator,
  ifRange,
  type RemoteVersion,
  versionDifference,
} from "../../../src/util/http/remote-version.ts";

const both: RemoteVersion = { size: 9, etag: '"a"', lastModified: "Mon" };

test("size, ETag or, without one, date tell versions apart", () => {
  const difference = (a: RemoteVersion, b: RemoteVersion) => versionDifference(a, b);
  expect(difference(both, both)).toBeUndefined();
  expect(difference(both, { ...both, size: 8 })).toBe("it had 9 bytes, now it has 8");
  expect(difference(both, { ...both, etag: '"b"' })).toBe('its ETag was "a", now it is "b"');
  expect(difference(both, { ...both, etag: undefined })).toBe(
    'its ETag was "a", now it is not given',
  );
  expect(difference(both, { ...both, lastModified: "Tue" })).toBeUndefined();
  const dated = { size: 9, lastModified: "Mon" };
  expect(difference(dated, dated)).toBeUndefined();
  expect(difference(dated, { size: 9, lastModified: "Tue" })).toBe(
    "its date was Mon, now it is Tue",
  );
  expect(difference(dated, { size: 9 })).toBe("its date was Mon, now it is not given");
  expect(difference({ size: 9 }, { size: 9 })).toBeUndefined();
});

test("If-Range takes a strong ETag, else a date, never a weak ETag", () => {
  expect(ifRange(both)).toBe('"a"');
  expect(ifRange({ lastModified: "Mon" })).toBe("Mon");
  expect(ifRange({ ...both, etag: 'W/"a"' })).toBeUndefined();
  expect(ifRange({})).toBeUndefined();
  expect([hasValidator(both), hasValidator({ size: 1 })]).toEqual([true, false]);
});
