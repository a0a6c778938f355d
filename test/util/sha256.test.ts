import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../src/util/sha256.ts";

// FIPS 180-4 examples.
describe("sha256Hex", () => {
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ])("answers %j as published", (text, digest) => {
    expect(sha256Hex(new TextEncoder().encode(text))).toBe(digest);
  });
});
