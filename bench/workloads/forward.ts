/** One call of a sampler: the network over a batch of partly masked windows, logits out. */

import { forwardFlops } from "../../src/model/model-cost.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { parameterCount } from "../../src/model/param-shapes.ts";
import { paramsFromArrays } from "../../src/tensor/params.ts";
import { lossNats } from "./loss-nats.ts";
import { batchOf, modelInputs, weightsOf } from "./model-inputs.ts";
import { timed, type WorkloadKind } from "./workload.ts";

/** Values: the training loss that the logits have, nats a base; computed outside the time. */
export const forwardKind: WorkloadKind = {
  mode: "forward",
  inputs: modelInputs,
  open: (settings, inputs) => {
    const denoise = networkDenoise(paramsFromArrays(weightsOf(inputs)), settings);
    const { batch, length } = settings;
    return {
      parameters: parameterCount(settings),
      flops: forwardFlops(settings, length) * batch * length,
      step: async (index) => {
        const micro = batchOf(inputs, index);
        const { seconds, result } = await timed(() => denoise(micro.xt, { batch, length }));
        return { seconds, values: [lossNats(result, micro)] };
      },
      findings: () => ({}),
    };
  },
};
