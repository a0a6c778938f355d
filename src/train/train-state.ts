/** All that training needs to go on, besides its configuration. Data and noise are addressed by the step. */

import type { NamedArrays } from "../tensor/named-arrays.ts";
import { disposeParams, mapParams, type ParamTree, paramsFromArrays } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";

export interface TrainState {
  /** Updates made. */
  readonly step: number;
  readonly params: ParamTree;
  /** Exponential average of the parameters, by name; what evaluation and sampling use. */
  readonly ema: ParamTree;
  /** First and second moments of AdamW, by name. */
  readonly mu: ParamTree;
  readonly nu: ParamTree;
}

/** State before the first update: moments zero, the average equal to the parameters. */
export function initialState(arrays: NamedArrays): TrainState {
  const params = paramsFromArrays(arrays);
  const zeros = (): ParamTree => mapParams(params, (tensor) => tf.zerosLike(tensor));
  return { step: 0, params, ema: paramsFromArrays(arrays), mu: zeros(), nu: zeros() };
}

/** Disposes every tensor of the state. */
export function disposeState({ params, ema, mu, nu }: TrainState): void {
  for (const tree of [params, ema, mu, nu]) disposeParams(tree);
}
