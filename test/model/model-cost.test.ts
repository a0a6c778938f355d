import { describe, expect, it } from "vitest";
import {
  COMPOSITE_MEMORY,
  FUSED_MEMORY,
  forwardFlops,
  trainingBytes,
  trainingFlops,
} from "../../src/model/model-cost.ts";
import { parameterCount } from "../../src/model/param-shapes.ts";

/** Counted by hand: embedding 6w, a block 2w gains + 12w² matrices + 5w biases, last norm w, head 4w + 4. */
const byHand = (width: number, layers: number): number =>
  6 * width + layers * (12 * width ** 2 + 7 * width) + width + 4 * width + 4;

describe("what a denoiser costs", () => {
  it.each([
    { width: 8, layers: 1, heads: 2 },
    { width: 128, layers: 4, heads: 4 },
    { width: 384, layers: 8, heads: 6 },
  ])("width $width, $layers layers has the parameters of the formula", (config) => {
    expect(parameterCount(config)).toBe(byHand(config.width, config.layers));
  });

  it("the preset nano has 791,428 parameters", () => {
    expect(parameterCount({ width: 128, layers: 4, heads: 4 })).toBe(791_428);
  });

  it("a forward pass of width 8, one layer, length 5, by hand", () => {
    // multiply-adds a position: qkv 8·24, out 8·8, up 8·32, down 32·8, head 8·4 = 800; scores and mixing 2·8·5 = 80
    const config = { width: 8, layers: 1, heads: 2 };
    expect(forwardFlops(config, 5)).toBe(2 * (192 + 64 + 256 + 256 + 32 + 80));
    expect(trainingFlops(config, 5)).toBe(3 * 2 * 880);
  });

  it("training memory counts the state's trees, a gradient and a copy, and grows with the batch as activations do", () => {
    const config = { width: 8, layers: 1, heads: 2 };
    const state = 4 * 6 * 1000;
    const bytes = (batch: number, block = COMPOSITE_MEMORY) =>
      trainingBytes(config, 1000, batch, 5, block);
    expect(bytes(0)).toBe(state);
    expect(bytes(6) - state).toBe(2 * (bytes(3) - state));
    expect(bytes(1) - state).toBe(4 * 5 * (152 * 8 + 5 * 2 * 5));
    expect(bytes(1, FUSED_MEMORY) - state).toBe(4 * 5 * 22 * 8);
  });
});
