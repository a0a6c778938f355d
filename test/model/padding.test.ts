/** Logits of padded rows, over the edges of the kernels' tiles: a row says what it says alone, whatever precision computes it. */

import { beforeAll, describe, expect, it } from "vitest";
import type { Precision } from "../../src/backends/precision.ts";
import { selectBackend } from "../../src/backends/select-backend.ts";
import { classifier } from "../../src/model/classifier.ts";
import type { ClassifierConfig } from "../../src/model/classifier-config.ts";
import { initClassifier } from "../../src/model/init-classifier.ts";
import { type ParamTree, paramsFromArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { N_ID } from "../../src/tokens/alphabet.ts";
import { BACKENDS, filled, maxDifference } from "../support/backend.ts";
import { randomIds } from "../support/random-ids.ts";

const CONFIG: ClassifierConfig = {
  backbone: { width: 32, layers: 2, heads: 2 },
  head: "mlp",
  classes: 3,
};
const ROWS = [131, 64, 1, 65, 128, 33].map((length, row) => randomIds(length, row + 1));

const ARITHMETIC: readonly (readonly [(typeof BACKENDS)[number], Precision])[] = [
  ...BACKENDS.map((backend) => [backend, "fp32"] as const),
  ...(BACKENDS.includes("native") ? [["native", "bf16"] as const] : []),
];

/** Logits of rows padded to `length`, [rows, classes]. */
function logitsOf(params: ParamTree, rows: readonly Uint8Array[], length: number): Float32Array {
  const ids = new Int32Array(rows.length * length).fill(N_ID);
  for (const [row, own] of rows.entries()) ids.set(own, row * length);
  return tf.tidy(() => {
    const lengths = rows.map((own) => own.length);
    const padded = { ids: tf.tensor2d(ids, [rows.length, length], "int32"), lengths };
    return classifier(params, CONFIG, padded).dataSync() as Float32Array;
  });
}

describe.each(ARITHMETIC)("on %s with %s, padding", (backend, precision) => {
  let params: ParamTree;
  beforeAll(async () => {
    await selectBackend(backend, { precision });
    const { "classify.weight": silent, ...rest } = paramsFromArrays(initClassifier(CONFIG, 5));
    silent?.dispose();
    params = { ...rest, "classify.weight": filled([3, 32]) };
  });

  it.each([131, 132, 192])("to %i positions changes no logit of any row", (length) => {
    const all = logitsOf(params, ROWS, length);
    expect(Math.max(...all) - Math.min(...all)).toBeGreaterThan(0.1);
    for (const [row, own] of ROWS.entries()) {
      const alone = logitsOf(params, [own], own.length);
      const part = all.subarray(3 * row, 3 * row + 3);
      const most = backend === "native" ? 0 : 1e-5; // the engine's rows have the same bits wherever they stand
      expect(maxDifference(alone, part), `row of ${own.length}`).toBeLessThanOrEqual(most);
    }
  });
});
