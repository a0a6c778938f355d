/** A causal denoiser: what stands behind a position says nothing of it. */

import { beforeAll, describe, expect, it } from "vitest";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { BACKENDS, useBackend } from "../support/backend.ts";
import { randomIds } from "../support/random-ids.ts";

const SIZE = { width: 16, layers: 2, heads: 2 };
const LENGTH = 21;

describe.each(BACKENDS)("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it("position i has the logits of the row cut behind it; a network that sees all has others", async () => {
    const arrays = initDenoiser(SIZE, 3);
    const head = arrays["head.weight"] as (typeof arrays)[string];
    const weights = {
      ...arrays,
      "head.weight": { ...head, data: head.data.map((_, i) => Math.sin(i)) }, // fresh heads are 0
    };
    const params = paramsFromArrays(weights);
    const causal = networkDenoise(params, { ...SIZE, attention: "causal" });
    const full = networkDenoise(params, SIZE);
    const ids = randomIds(LENGTH, 5);
    const whole = await causal(ids, { batch: 1, length: LENGTH });
    let furthest = 0;
    for (let length = 1; length <= LENGTH; length++) {
      const cut = ids.subarray(0, length);
      const at = 4 * (length - 1);
      const [own, other] = [
        await causal(cut, { batch: 1, length }),
        await full(cut, { batch: 1, length }),
      ];
      for (let base = 0; base < 4; base++) {
        expect(own[at + base]).toBeCloseTo(whole[at + base] as number, 5);
        furthest = Math.max(furthest, Math.abs((other[base] as number) - (whole[base] as number)));
      }
    }
    expect(furthest).toBeGreaterThan(1e-3); // the first position of a whole row sees what stands behind it
    disposeParams(params);
  });
});
