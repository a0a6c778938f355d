import { describe, expect, it } from "vitest";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { isDecayed, paramShapes } from "../../src/model/param-shapes.ts";
import { addressedRandom } from "../../src/random/addressed.ts";

const CONFIG = { width: 32, layers: 2, heads: 2 };

describe("initDenoiser", () => {
  const arrays = initDenoiser(CONFIG, 7);
  const entries = Object.entries(arrays);

  it("gives every parameter its shape, in the network's order", () => {
    const shapes = Object.fromEntries(entries.map(([name, { shape }]) => [name, shape]));
    expect(shapes).toEqual(paramShapes(CONFIG));
    expect(Object.keys(shapes)).toEqual(Object.keys(paramShapes(CONFIG)));
    for (const [, { shape, data }] of entries)
      expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
  });

  it("sets gains to 1, biases and the head to 0", () => {
    for (const [name, { data }] of entries) {
      if (name.includes("norm")) expect(new Set(data), name).toEqual(new Set([1]));
      if (name.endsWith("bias") || name.startsWith("head."))
        expect(new Set(data), name).toEqual(new Set([0]));
    }
  });

  it("draws matrices uniformly within 1/√in: bounds, mean and variance", () => {
    for (const [name, { shape, data }] of entries) {
      const [, input] = shape;
      if (input === undefined || name.startsWith("head.")) continue;
      const bound = 1 / Math.sqrt(input);
      const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
      const variance = data.reduce((sum, value) => sum + value ** 2, 0) / data.length;
      expect(Math.max(...data), name).toBeLessThan(bound);
      expect(Math.min(...data), name).toBeGreaterThan(-bound);
      const deviation = bound / Math.sqrt(3);
      expect(Math.abs(mean), name).toBeLessThan((4 * deviation) / Math.sqrt(data.length));
      // The variance of a uniform's square is 4/45 bound⁴.
      const error = Math.sqrt(4 / 45 / data.length) * bound ** 2;
      expect(Math.abs(variance - deviation ** 2), name).toBeLessThan(4 * error);
    }
  });

  it("addresses a value by seed, name and place, so that widths of one name share no stream by accident", () => {
    const random = addressedRandom(7, "parameters");
    const names = Object.keys(arrays);
    const name = "blocks.1.up.weight";
    const value = (2 * random.uniform(names.indexOf(name), 0, 77) - 1) / Math.sqrt(32);
    expect(arrays[name]?.data[77]).toBe(Math.fround(value));
    expect(initDenoiser(CONFIG, 7)).toEqual(arrays);
    expect(initDenoiser(CONFIG, 8)[name]?.data).not.toEqual(arrays[name]?.data);
    expect(arrays["blocks.0.up.weight"]?.data).not.toEqual(arrays[name]?.data);
  });

  it("decays matrices, not norms and biases", () => {
    const decayed = Object.keys(arrays).filter(isDecayed);
    expect(decayed).toEqual(
      entries.filter(([, { shape }]) => shape.length === 2).map(([name]) => name),
    );
  });
});
