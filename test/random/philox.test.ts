import { describe, expect, it } from "vitest";
import { philox4x32 } from "../../src/random/philox.ts";

function block(counter: number[], key: number[]): string {
  const out = new Uint32Array(4);
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = counter;
  const [k0 = 0, k1 = 0] = key;
  philox4x32(c0, c1, c2, c3, k0, k1, out);
  return [...out].map((word) => word.toString(16).padStart(8, "0")).join(" ");
}

// Known-answer vectors of the authors' Random123 distribution (kat_vectors, philox4x32 10).
describe("philox4x32", () => {
  it("answers the zero vector", () => {
    expect(block([0, 0, 0, 0], [0, 0])).toBe("6627e8d5 e169c58d bc57ac4c 9b00dbd8");
  });
  it("answers the all-ones vector", () => {
    const ones = 0xffffffff;
    expect(block([ones, ones, ones, ones], [ones, ones])).toBe(
      "408f276d 41c83b0e a20bc7c6 6d5451fd",
    );
  });
  it("answers the digits of pi", () => {
    expect(block([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toBe(
      "d16cfe09 94fdcceb 5001e420 24126ea1",
    );
  });
});
