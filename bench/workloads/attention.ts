/** Softmax attention over all positions, forward and backward, without its projections. */

import { attention } from "../../src/ops/attention.ts";
import { lossAndGrads } from "../../src/tensor/backward.ts";
import { disposeParams, param, paramsFromArrays, paramsToArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import type { BenchSettings } from "../settings.ts";
import { norm, randomArray } from "./random-arrays.ts";
import { timed, type WorkloadKind } from "./workload.ts";

const GRADIENTS = ["q", "k", "v"] as const;

/** Values: the norms of the gradients of q, k and v for the given gradient `dy` of the result. */
export const attentionKind: WorkloadKind = {
  mode: "attention",
  inputs: async ({ batch, heads, length, width }) => {
    const shape = [batch, heads, length, width / heads];
    const names = [...GRADIENTS, "dy"];
    return Object.fromEntries(names.map((name, place) => [name, randomArray(shape, place)]));
  },
  open: (settings, inputs) => {
    const { dy, ...operands } = paramsFromArrays(inputs) as Record<string, tf.Tensor4D> & {
      dy: tf.Tensor4D;
    };
    const get = (name: (typeof GRADIENTS)[number], tree: typeof operands): tf.Tensor4D =>
      param(tree, name) as tf.Tensor4D;
    const run = async () => {
      const { loss, grads } = lossAndGrads(operands, (tree) =>
        tf.tidy(() => {
          const values = tree as typeof operands;
          const mixed = attention(get("q", values), get("k", values), get("v", values));
          return tf.sum(tf.mul(mixed, dy)) as tf.Scalar;
        }),
      );
      await loss.data();
      loss.dispose();
      return grads;
    };
    return {
      parameters: 0,
      flops: attentionFlops(settings),
      step: async () => {
        const { seconds, result } = await timed(run);
        const arrays = await paramsToArrays(result);
        disposeParams(result);
        return { seconds, values: GRADIENTS.map((name) => norm(arrays[name]?.data ?? [])) };
      },
      findings: () => ({}),
    };
  },
};

/** Two products forwards, five backwards (the scores are computed again). */
function attentionFlops({ batch, length, width }: BenchSettings): number {
  return 7 * 2 * batch * length * length * width;
}
