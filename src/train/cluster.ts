/** Who else trains the same model. One process is the smallest cluster. */

import type { ParamTree } from "../tensor/params.ts";

/** What a step sums over micro-batches and processes, before anything is divided. */
export interface StepSums {
  /** Gradient of `lossNats`, by name. */
  readonly grads: ParamTree;
  /** Nats. */
  readonly lossNats: number;
  /** What loss and gradient are divided by: scored bases, or the weight of examples. */
  readonly count: number;
}

export interface Cluster {
  /** 0 … size − 1 */
  readonly rank: number;
  readonly size: number;
  /** Sums over all processes in a fixed order; takes `sums`, the caller owns the result. */
  allReduce(sums: StepSums): Promise<StepSums>;
}

/** Returns the cluster of this process alone. */
export function singleProcess(): Cluster {
  return { rank: 0, size: 1, allReduce: async (sums) => sums };
}
