/** Validation during training: the counting bound on the same windows with the same masks every time. */

import { spreadWindows, tileIntervals } from "../../src/data/tiles.ts";
import { readWindow, type Window } from "../../src/data/window.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { windowLikelihoods } from "../../src/score/window-likelihood.ts";
import type { Estimate } from "../../src/stats/mean.ts";
import { ratio } from "../../src/stats/ratio.ts";
import type { ParamTree } from "../../src/tensor/params.ts";
import { isBase } from "../../src/tokens/alphabet.ts";
import type { RunData } from "../open-data.ts";
import type { PretrainConfig } from "./options.ts";

/** One draw a window: over windows the strata of the mask count are covered already. */
const DRAWS = 1;

/** Bits per base of the validation windows under EMA weights. */
export type Validate = (ema: ParamTree) => Promise<Estimate>;

/** Returns the validation of a run, or undefined when its valid split holds no window with a base. */
export async function validator(
  config: PretrainConfig,
  { genome, splits }: RunData,
): Promise<Validate | undefined> {
  const { windows } = tileIntervals(splits.valid, config.data.length);
  const chosen: Window[] = [];
  for (const interval of spreadWindows(windows, config.train.validWindows)) {
    chosen.push(await readWindow(genome, interval, "+"));
  }
  if (!chosen.some(({ ids }) => ids.some(isBase))) return undefined;
  return async (ema) => {
    const inputs = chosen.map((window, index) => ({ index, ...window }));
    const nats: number[] = [];
    const bases: number[] = [];
    const options = { draws: DRAWS, batchSize: config.train.batchSize, seed: config.seed };
    for await (const scored of windowLikelihoods(
      networkDenoise(ema, config.model),
      inputs,
      options,
    )) {
      nats.push(scored.nats / Math.LN2);
      bases.push(scored.scoredBases);
    }
    return ratio(nats, bases);
  };
}
