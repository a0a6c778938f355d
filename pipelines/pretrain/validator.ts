/** Validation during training: the likelihood of the same windows, or its bound with the same masks every time. */

import type { Window } from "../../src/data/window.ts";
import type { MaskRates } from "../../src/diffusion/block-rates.ts";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { RegionError } from "../../src/errors.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { blockLosses, rateVariances } from "../../src/score/mask-rate-variance.ts";
import { windowLikelihoods } from "../../src/score/window-likelihood.ts";
import type { Estimate } from "../../src/stats/mean.ts";
import { ratio } from "../../src/stats/ratio.ts";
import type { ParamTree } from "../../src/tensor/params.ts";
import { isBase } from "../../src/tokens/alphabet.ts";
import { objectiveOf } from "../objective-of.ts";
import { withTurns } from "../stop.ts";
import type { PretrainConfig } from "./options.ts";
import type { TrainingData } from "./training-data.ts";

/** One draw a window, with the same masks every time: validations differ by the weights alone. */
const DRAWS = 1;

/** Bits per base of the validation windows under EMA weights. */
interface Validation extends Estimate {
  /** Of block diffusion: the range of mask rates in which the losses of their blocks vary least; `train.maskFrom` and `maskTo` take it. */
  readonly steadiest?: MaskRates;
}

export type Validate = (ema: ParamTree, turn: () => Promise<void>) => Promise<Validation>;

export interface Validator {
  /** undefined when there is nothing to validate on. */
  readonly validate: Validate | undefined;
  readonly notices: readonly string[];
}

/**
 * Returns the validation of a run.
 *
 * @throws {RegionError} when the valid regions that the user named hold no window with a base
 */
export async function validator(
  config: PretrainConfig,
  { validWindows, hasValid }: Pick<TrainingData, "validWindows" | "hasValid">,
): Promise<Validator> {
  const { length, valid, bed } = config.data;
  const chosen = await validWindows(config.train.validWindows);
  if (chosen.some(({ ids }) => ids.some(isBase))) {
    return { validate: (ema, turn) => validationBits(chosen, config, ema, turn), notices: [] };
  }
  if (valid !== undefined || (bed !== undefined && hasValid)) {
    throw new RegionError(
      `expected a window of ${length} bases with A, C, G or T in the valid regions, got none: give longer ones, or a smaller --length`,
    );
  }
  return { validate: undefined, notices: ["no validation: there is no window in the valid split"] };
}

async function validationBits(
  windows: readonly Window[],
  config: PretrainConfig,
  ema: ParamTree,
  turn: () => Promise<void>,
): Promise<Validation> {
  const { model, train, seed } = config;
  const { likelihood } = objectiveOf(config);
  const denoise = withTurns(networkDenoise(ema, model), turn);
  const inputs = windows.map((window, index) => ({ index, ...window }));
  const nats: number[] = [];
  const bases: number[] = [];
  const options = { likelihood, draws: DRAWS, batchSize: train.batchSize, seed };
  for await (const scored of windowLikelihoods(denoise, inputs, options)) {
    nats.push(scored.nats / Math.LN2);
    bases.push(scored.scoredBases);
  }
  const steadiest = await steadiestRates(denoise, windows, config);
  return { ...ratio(nats, bases), ...(steadiest === undefined ? {} : { steadiest }) };
}

/** Blocks of one base are hidden whole: no rate has a say. */
async function steadiestRates(
  denoise: Denoise,
  windows: readonly Window[],
  { model: { blockLength = 1 }, train, seed }: PretrainConfig,
): Promise<MaskRates | undefined> {
  if (blockLength === 1) return undefined;
  const options = { blockLength, batchSize: train.batchSize, seed };
  const ids = windows.map((window) => window.ids);
  const [least] = rateVariances(await blockLosses(denoise, ids, options));
  return least;
}
