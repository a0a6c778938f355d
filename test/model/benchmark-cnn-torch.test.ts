/** The benchmark's CNN beside the same of PyTorch's layers (benchmark_cnn_reference.py) with our weights. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cnnLogits, cnnTrainingLogits } from "../../src/model/benchmark-cnn.ts";
import type { CnnConfig } from "../../src/model/benchmark-cnn-shapes.ts";
import { initCnn } from "../../src/model/init-benchmark-cnn.ts";
import { maskedCrossEntropy } from "../../src/ops/masked-cross-entropy.ts";
import { lossGradsAndAux } from "../../src/tensor/backward.ts";
import type { NamedArrays } from "../../src/tensor/named-arrays.ts";
import { paramsFromArrays, paramsToArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { BACKENDS, maxDifference, useBackend } from "../support/backend.ts";
import { hasPythonModule, runPython } from "../support/oracles.ts";

interface Reference {
  readonly training: number[];
  readonly inference: number[];
  readonly loss: number;
  readonly grads: Record<string, number[]>;
  readonly buffers: Record<string, number[]>;
  readonly count: number;
}

const BATCH = 5;
const LABELS = [0, 1, 2, 1, 0];

/** Ids that are no bases among them, and padding. */
function idsOf({ length, vocab }: CnnConfig): Int32Array {
  const ids = Array.from({ length: BATCH * length }, (_, i) => (i * i + (i >> 3)) % (vocab - 1));
  return Int32Array.from(ids, (id, i) =>
    i % length >= length - 7 * Math.floor(i / length) ? vocab - 1 : id,
  );
}

const plain = (arrays: NamedArrays) =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }]) => [name, { shape, data: [...data] }]),
  );

describe.runIf(hasPythonModule("torch")).each<[CnnConfig, number]>([
  [{ vocab: 7, length: 90, classes: 3, relu: "each" }, 27_155],
  [{ vocab: 12, length: 200, classes: 3, relu: "first" }, 54_279],
])("the benchmark's CNN beside PyTorch: %j", (config, count) => {
  let reference: Reference;
  const { params: initial, buffers: fresh } = initCnn(config, 11);
  // Statistics that are not those of a fresh network.
  const buffers = Object.fromEntries(
    Object.entries(fresh).map(([name, { shape, data }]) => [
      name,
      { shape, data: data.map((value, i) => value + 0.25 * (i % 3)) },
    ]),
  );

  beforeAll(async () => {
    const input = join(mkdtempSync(join(tmpdir(), "gdiff-torch-")), "input.json");
    const given = { config, params: plain(initial), buffers: plain(buffers) };
    writeFileSync(input, JSON.stringify({ ...given, ids: [...idsOf(config)], labels: LABELS }));
    const program = await readFile(join(import.meta.dirname, "benchmark_cnn_reference.py"), "utf8");
    reference = JSON.parse(runPython(program, [input])) as Reference;
  });

  it("has as many parameters", () => {
    const ours = Object.values(initial).reduce((sum, { data }) => sum + data.length, 0);
    expect([ours, reference.count]).toEqual([count, count]);
  });

  it.each(BACKENDS)(
    "gives the same logits, loss, gradients and running statistics on %s",
    async (backend) => {
      await useBackend(backend);
      const [params, before] = [paramsFromArrays(initial), paramsFromArrays(buffers)];
      const ids = tf.tensor2d(idsOf(config), [BATCH, config.length], "int32");
      const training = tf.tidy(() => cnnTrainingLogits(params, before, config, ids).logits);
      expect(maxDifference(await training.data(), reference.training)).toBeLessThan(1e-4);
      const { loss, grads, aux } = lossGradsAndAux(params, (tracked) => {
        const { logits, buffers: next } = cnnTrainingLogits(tracked, before, config, ids);
        const weight = tf.fill([BATCH], 1 / BATCH) as tf.Tensor1D;
        return {
          loss: maskedCrossEntropy(logits, tf.tensor1d(LABELS, "int32"), weight),
          aux: next,
        };
      });
      expect(Math.abs(((await loss.data())[0] as number) - reference.loss)).toBeLessThan(1e-5);
      const gradArrays = await paramsToArrays(grads);
      expect(Object.keys(gradArrays).sort()).toEqual(Object.keys(reference.grads).sort());
      for (const [name, { data }] of Object.entries(gradArrays)) {
        const expected = reference.grads[name] as number[];
        const scale = Math.max(...expected.map(Math.abs), 1e-2);
        expect(maxDifference(data, expected) / scale, name).toBeLessThan(1e-4);
      }
      const after = await paramsToArrays(aux);
      expect(Object.keys(after)).toEqual(Object.keys(reference.buffers));
      for (const [name, { data }] of Object.entries(after))
        expect(maxDifference(data, reference.buffers[name] as number[]), name).toBeLessThan(1e-5);
      const inference = tf.tidy(() => cnnLogits(params, aux, config, ids));
      expect(maxDifference(await inference.data(), reference.inference)).toBeLessThan(1e-4);
    },
  );
});
