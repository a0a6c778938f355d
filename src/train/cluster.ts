/** Who else trains the same model. One process is the smallest cluster. */

import type { ParamTree } from "../tensor/params.ts";

export interface Cluster {
  /** 0 … size − 1 */
  readonly rank: number;
  readonly size: number;
  /** Sums a tree over all processes in a fixed order; takes `tree`, the caller owns the result. */
  allReduce(tree: ParamTree): Promise<ParamTree>;
}

/** Returns the cluster of this process alone. */
export function singleProcess(): Cluster {
  return { rank: 0, size: 1, allReduce: async (tree) => tree };
}
