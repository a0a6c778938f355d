/**
 * The network, its gradients and its optimiser against PyTorch: the weights of a run, read from its safetensors by
 * hand, in an independent network (test/model/torch_reference.py).
 */

import { mkdtempSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { pretrainConfig } from "../../pipelines/pretrain/options.ts";
import { runPretrain } from "../../pipelines/pretrain/run.ts";
import { mdlm } from "../../src/diffusion/mdlm.ts";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { denoiser } from "../../src/model/denoiser.ts";
import { isDecayed, paramShapes } from "../../src/model/param-shapes.ts";
import { maskedCrossEntropy } from "../../src/ops/masked-cross-entropy.ts";
import { lossAndGrads } from "../../src/tensor/backward.ts";
import { disposeParams, paramsToArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { singleProcess } from "../../src/train/cluster.ts";
import { LOSSES } from "../../src/train/losses.ts";
import { arraysFromFile, MODEL_FILE } from "../../src/train/state-files.ts";
import { disposeState, initialState } from "../../src/train/train-state.ts";
import { trainStep } from "../../src/train/train-step.ts";
import { stepBatches } from "../../src/train/training-batches.ts";
import { BACKENDS, maxDifference, useBackend } from "../support/backend.ts";
import { hasPythonModule, runPython, sharedFile } from "../support/oracles.ts";
import { quietIo } from "../support/quiet-io.ts";

const MODEL = { width: 32, layers: 2, heads: 4 };
const BATCH = { batchSize: 3, accumulate: 1, length: 24 };
const OPTIMISER = {
  beta1: 0.9,
  beta2: 0.95,
  weightDecay: 0.1,
  clip: 0.5,
  emaDecay: 0.9,
  isDecayed,
};
const STEPS = 10;
const RATE = 0.01;

/** The program that speed is compared with; its network must be the same one. */
const peer = sharedFile("peer/torch_train.py");
const PEER = peer === undefined ? [] : [peer];

/** Output of the reference program. */
interface Reference {
  /** Of the network in the peer's own program, where it is there. */
  readonly peerLogits: number[] | null;
  readonly logits: number[];
  readonly gradients: Record<string, number[]>;
  readonly losses: number[];
  readonly norms: number[];
  readonly ema: Record<string, number[]>;
}

const windows = async (index: number): Promise<Uint8Array> =>
  Uint8Array.from({ length: BATCH.length }, (_, i) => (i * 7 + index * 3 + ((i * index) % 5)) % 5); // N among them

const batches = (step: number) =>
  stepBatches(step, BATCH, windows, mdlm(noiseSchedule("loglinear")), 17, singleProcess());

describe.runIf(hasPythonModule("torch"))("the denoiser beside PyTorch", () => {
  let reference: Reference;
  let checkpoint: string;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "gdiff-torch-"));
    const part = {
      preset: "demo",
      data: { genome: "demo", length: BATCH.length },
      model: MODEL,
      train: { steps: 3, batchSize: 4, lr: 0.05, warmup: 0 },
      out: join(folder, "run"),
    } as const;
    checkpoint = (await runPretrain(await pretrainConfig(part), quietIo())).checkpoint as string;
    const steps = [];
    for (let step = 0; step < STEPS; step++) {
      const { microBatches, bases } = await batches(step);
      const [{ x0, xt, weight } = { x0: [], xt: [], weight: [] }] = microBatches;
      steps.push({ x0: [...x0], xt: [...xt], weight: [...weight], bases });
    }
    const input = join(folder, "input.json");
    const settings = {
      ...OPTIMISER,
      rate: RATE,
      ...MODEL,
      ...BATCH,
      undecayed: Object.keys(paramShapes(MODEL)).filter((name) => !isDecayed(name)),
    };
    writeFileSync(input, JSON.stringify({ settings, steps }));
    const program = await readFile(join(import.meta.dirname, "torch_reference.py"), "utf8");
    reference = JSON.parse(
      runPython(program, [join(checkpoint, MODEL_FILE), input, ...PEER]),
    ) as Reference;
  });

  const load = async () => {
    const files = { [MODEL_FILE]: new Uint8Array(await readFile(join(checkpoint, MODEL_FILE))) };
    return arraysFromFile(files, MODEL_FILE, paramShapes(MODEL), checkpoint);
  };

  describe.each(BACKENDS)("on %s", (backend) => {
    it("gives the same logits to 1e-5 and the same gradient of every parameter", async () => {
      await useBackend(backend);
      const state = initialState(await load());
      const { microBatches, bases } = await batches(0);
      const [micro] = microBatches;
      if (micro === undefined) throw new Error("expected a micro-batch");
      const ids = tf.tensor2d(Int32Array.from(micro.xt), [BATCH.batchSize, BATCH.length], "int32");
      const logits = tf.tidy(() => denoiser(state.params, MODEL, ids));
      expect(maxDifference(await logits.data(), reference.logits)).toBeLessThan(1e-5);
      expect(reference.peerLogits === null).toBe(peer === undefined);
      expect(
        maxDifference(reference.peerLogits ?? reference.logits, reference.logits),
      ).toBeLessThan(1e-5);

      const { loss, grads } = lossAndGrads(state.params, (params) =>
        tf.tidy(() => {
          const flat = tf.reshape(denoiser(params, MODEL, ids), [-1, 4]) as tf.Tensor2D;
          const weight = tf.tensor1d(micro.weight.map((value) => value / bases));
          return maskedCrossEntropy(flat, tf.tensor1d(Int32Array.from(micro.x0), "int32"), weight);
        }),
      );
      expect(
        Math.abs(((await loss.data())[0] as number) - (reference.losses[0] as number)),
      ).toBeLessThan(1e-5);
      const arrays = await paramsToArrays(grads);
      expect(Object.keys(arrays).sort()).toEqual(Object.keys(reference.gradients).sort());
      for (const [name, { data }] of Object.entries(arrays)) {
        const expected = reference.gradients[name] as number[];
        const scale = Math.max(...expected.map(Math.abs), 1e-3);
        expect(maxDifference(data, expected) / scale, name).toBeLessThan(1e-4);
      }
      disposeParams(grads);
      disposeState(state);
      tf.dispose([logits, loss, ids]);
    });

    it("makes the same losses, gradient norms and averages over ten AdamW, clipping and EMA steps", async () => {
      await useBackend(backend);
      let state = initialState(await load());
      const network = (params: typeof state.params, ids: tf.Tensor2D) =>
        denoiser(params, MODEL, ids);
      for (let step = 0; step < STEPS; step++) {
        const { microBatches } = await batches(step);
        const [next, report] = await trainStep(
          state,
          microBatches,
          { network, loss: LOSSES["cross-entropy"] },
          RATE,
          OPTIMISER,
          singleProcess(),
        );
        state = next;
        expect(
          Math.abs(report.lossNats - (reference.losses[step] as number)),
          `loss ${step}`,
        ).toBeLessThan(2e-4);
        expect(
          Math.abs(report.gradientNorm / (reference.norms[step] as number) - 1),
          `norm ${step}`,
        ).toBeLessThan(1e-3);
      }
      for (const [name, { data }] of Object.entries(await paramsToArrays(state.ema))) {
        expect(maxDifference(data, reference.ema[name] as number[]), name).toBeLessThan(2e-3);
      }
      disposeState(state);
    });
  });
});
