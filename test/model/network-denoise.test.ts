import { beforeAll, expect, it } from "vitest";
import { type DenoiserConfig, headWidthOf } from "../../src/model/denoiser-config.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { COMPOSITE_MEMORY, forwardBytes } from "../../src/model/model-cost.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { disposeParams, type ParamTree, paramsFromArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { useBackend } from "../support/backend.ts";
import { randomIds } from "../support/random-ids.ts";

/** Parameters whose head is not 0, so that the logits say something. */
function someParams(config: DenoiserConfig): ParamTree {
  const { "head.weight": head, ...rest } = initDenoiser(config, 1);
  const data = Float32Array.from({ length: headWidthOf(config) * config.width }, (_, i) =>
    Math.sin(i + 1),
  );
  return paramsFromArrays({ ...rest, "head.weight": { shape: head?.shape ?? [], data } });
}

beforeAll(() => useBackend("wasm"));

it.each([4, 5])(
  "gives a batch that takes several passes the %i logits of its rows one by one, and leaves no tensor",
  async (headWidth) => {
    const config = { width: 8, layers: 1, heads: 4, headWidth };
    const length = 2200;
    expect(Math.floor(2 ** 30 / forwardBytes(config, length, COMPOSITE_MEMORY))).toBe(4); // rows of one pass
    const params = someParams(config);
    const denoise = networkDenoise(params, config);
    const ids = randomIds(5 * length, 3);
    const { numTensors } = tf.memory();
    const together = await denoise(ids, { batch: 5, length });
    expect(together).toHaveLength(5 * length * headWidth);
    for (let row = 0; row < 5; row++) {
      const alone = await denoise(ids.slice(row * length, (row + 1) * length), {
        batch: 1,
        length,
      });
      expect(together.slice(row * length * headWidth, (row + 1) * length * headWidth)).toEqual(
        alone,
      );
    }
    expect(tf.memory().numTensors).toBe(numTensors);
    disposeParams(params);
  },
);

it("takes the lengths of padded rows", async () => {
  const config = { width: 8, layers: 1, heads: 2 };
  const params = someParams(config);
  const denoise = networkDenoise(params, config);
  const padded = await denoise(Uint8Array.of(0, 1, 2, 3, 3, 3), {
    batch: 1,
    length: 6,
    lengths: [4],
  });
  const other = await denoise(Uint8Array.of(0, 1, 2, 3, 0, 5), {
    batch: 1,
    length: 6,
    lengths: [4],
  });
  expect(other.slice(0, 16)).toEqual(padded.slice(0, 16));
  const whole = await denoise(Uint8Array.of(0, 1, 2, 3, 0, 5), { batch: 1, length: 6 });
  expect(whole.slice(0, 16)).not.toEqual(padded.slice(0, 16));
  disposeParams(params);
});
