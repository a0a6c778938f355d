import { expect, it } from "vitest";
import { addressedRandom } from "../../../src/random/addressed.ts";
import { philox4x32 } from "../../../src/random/philox.ts";
import {
  binding,
  describeEachInstructionSet,
  refusalOf,
  sameBits,
  withEachThreadCount,
} from "./support.ts";

interface Address {
  readonly key0: number;
  readonly key1: number;
  readonly position: number;
  readonly step: number;
  readonly example: readonly [number, number];
}

function uniforms(count: number, { key0, key1, position, step, example }: Address): Float64Array {
  const [first, ...others] = withEachThreadCount(() => {
    const out = new Float64Array(count).fill(Number.NaN);
    binding.philoxUniforms(count, key0, key1, position, step, ...example, out);
    return out;
  });
  for (const other of others) expect(sameBits(other, first as Float64Array)).toBe(true);
  return first as Float64Array;
}

describeEachInstructionSet("philoxUniforms", () => {
  it("draws what an addressed stream draws, bit for bit", () => {
    const seed = 2 ** 52 + 987_654_321;
    const corruption = addressedRandom(seed, "corruption");
    const example = 2 ** 40 + 17;
    const key0 = seed % 2 ** 32;
    const key1 = Math.floor(seed / 2 ** 32) + 5 * 2 ** 21; // the stream's number is 5
    const drawn = uniforms(9001, {
      key0,
      key1,
      position: 3,
      step: 12,
      example: [example % 2 ** 32, Math.floor(example / 2 ** 32)],
    });
    const wanted = Float64Array.from({ length: 9001 }, (_, i) =>
      corruption.uniform(example, 12, 3 + i),
    );
    expect(sameBits(drawn, wanted)).toBe(true);
  });

  it("takes words of all ones, and positions past 2^32 from 0 again", () => {
    const ones = 2 ** 32 - 1;
    const address: Address = {
      key0: ones,
      key1: ones,
      position: ones,
      step: ones,
      example: [ones, ones],
    };
    const words = new Uint32Array(4);
    const wanted = [ones, 0].map((position) => {
      philox4x32(position, ones, ones, ones, ones, ones, words);
      const [high = 0, low = 0] = words;
      return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
    });
    expect([...uniforms(2, address)]).toEqual(wanted);
  });
});

it("refuses a word of more than 32 bits", () => {
  const out = new Float64Array(1);
  expect(refusalOf(() => binding.philoxUniforms(1, 2 ** 32, 0, 0, 0, 0, 0, out))).toBe(
    "TypeError: native philoxUniforms: expected key0 to be below 2^32, got 4294967296",
  );
});
