/** One optimiser step of the transformer: loss, gradients, clipping, AdamW, exponential average. */

import { denoiser } from "../../src/model/denoiser.ts";
import { trainingFlops } from "../../src/model/model-cost.ts";
import { parameterCount } from "../../src/model/param-shapes.ts";
import { singleProcess } from "../../src/train/cluster.ts";
import { LOSSES } from "../../src/train/losses.ts";
import { initialState } from "../../src/train/train-state.ts";
import { type Network, trainStep } from "../../src/train/train-step.ts";
import { batchOf, modelInputs, weightsOf } from "./model-inputs.ts";
import { timed, type WorkloadKind } from "./workload.ts";

/** As bench/peers/train_step.py has them. Decay on every weight is PyTorch's default. */
const LEARNING_RATE = 3e-4;
const OPTIMISER = {
  beta1: 0.9,
  beta2: 0.999,
  weightDecay: 0.01,
  isDecayed: () => true,
  clip: 1,
  emaDecay: 0.9999,
};

/** Values: the loss, nats a base. */
export const trainStepKind: WorkloadKind = {
  mode: "train",
  inputs: modelInputs,
  open: (settings, inputs) => {
    let state = initialState(weightsOf(inputs));
    const network: Network = (params, ids) => denoiser(params, settings, ids);
    const { batch, length } = settings;
    return {
      parameters: parameterCount(settings),
      flops: trainingFlops(settings, length) * batch * length,
      step: async (index) => {
        const micro = [batchOf(inputs, index)];
        const { seconds, result } = await timed(() =>
          trainStep(
            state,
            micro,
            { network, loss: LOSSES["cross-entropy"] },
            LEARNING_RATE,
            OPTIMISER,
            singleProcess(),
          ),
        );
        const [next, { lossNats }] = result;
        state = next;
        return { seconds, values: [lossNats] };
      },
      findings: () => ({}),
    };
  },
};
