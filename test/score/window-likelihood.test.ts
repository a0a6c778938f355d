import { expect, it } from "vitest";
import { countingEstimator } from "../../src/diffusion/counting-estimator.ts";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { type WindowLikelihood, windowLikelihoods } from "../../src/score/window-likelihood.ts";
import { exactDenoise, SOURCE } from "../support/markov-source.ts";
import { randomIds } from "../support/random-ids.ts";

const OPTIONS = { likelihood: countingEstimator, draws: 3, batchSize: 4, seed: 6 };

const input = (index: number, length: number) => ({
  index,
  ids: randomIds(length, index + 1),
  isSoftMasked: new Uint8Array(length),
});

async function score(
  windows: readonly ReturnType<typeof input>[],
  denoise: Denoise = exactDenoise(SOURCE),
): Promise<WindowLikelihood[]> {
  const scored: WindowLikelihood[] = [];
  for await (const window of windowLikelihoods(denoise, windows, OPTIONS)) scored.push(window);
  return scored;
}

it("scores windows of different lengths in their order, each as if alone", async () => {
  const windows = [input(0, 8), input(1, 4), input(2, 4), input(3, 9)];
  const alone = (await Promise.all(windows.map((window) => score([window])))).flat();
  expect(await score(windows)).toEqual(alone);
});

it("scores a window that comes twice twice", async () => {
  const window = input(5, 8);
  const [first, second] = await score([window, window]);
  expect(first?.scoredBases).toBe(8);
  expect(second).toEqual(first);
});

it("never gives the network more rows than a batch has, nor rows of two lengths", async () => {
  const shapes: string[] = [];
  const exact = exactDenoise(SOURCE);
  await score([input(0, 8), input(1, 8), input(2, 4)], (ids, shape) => {
    shapes.push(`${shape.batch}×${shape.length}`);
    return exact(ids, shape);
  });
  expect(shapes).toEqual(["4×8", "2×8", "3×4"]);
});
