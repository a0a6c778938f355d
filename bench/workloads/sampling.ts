/** Batches of sequences from all masked to the last base: the network's calls, and what a sampler does between them. */

import { METHODS } from "../../pipelines/generate/methods.ts";
import { generateConfig } from "../../pipelines/generate/options.ts";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { forwardFlops } from "../../src/model/model-cost.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { parameterCount } from "../../src/model/param-shapes.ts";
import { samplerRandom } from "../../src/sampling/sampler-random.ts";
import { type SamplerName, samplersOf } from "../../src/sampling/samplers-of.ts";
import { paramsFromArrays } from "../../src/tensor/params.ts";
import { maskedRows } from "../samplers/masked-rows.ts";
import { type BenchSettings, SEED } from "../settings.ts";
import { lossNats } from "./loss-nats.ts";
import { batchOf, modelInputs, weightsOf } from "./model-inputs.ts";
import { timed, type WorkloadKind } from "./workload.ts";

/**
 * Value: the training loss of the step's batch, nats a base, which shows that two programs have one network; outside the
 * time. Found beside it: how often the network saw a sequence.
 *
 * @param mode as results call it
 * @param method with the defaults of gdiff generate
 */
export function samplingKind(mode: string, method: SamplerName): WorkloadKind {
  return {
    mode,
    inputs: modelInputs,
    open: (settings, inputs) => {
      const { batch, length } = settings;
      const calls = callsOf(settings);
      const denoise = networkDenoise(paramsFromArrays(weightsOf(inputs)), settings);
      let rows = 0;
      let sequences = 0;
      const counted: Denoise = (ids, shape) => {
        rows += shape.batch;
        return denoise(ids, shape);
      };
      const { sample } = generateConfig({ run: "none" });
      const sampler = METHODS[method].bind(
        samplersOf("mdlm"),
        { ...sample, method },
        { window: length },
      );
      const random = samplerRandom(SEED);
      return {
        parameters: parameterCount(settings),
        flops: forwardFlops(settings, length) * batch * length * calls,
        step: async (index) => {
          const micro = batchOf(inputs, index);
          const masked = maskedRows(batch, length, index * batch); // no two steps sample the same
          const { seconds } = await timed(() => sampler(counted, masked, calls, random));
          sequences += batch;
          return { seconds, values: [lossNats(await denoise(micro.xt, { batch, length }), micro)] };
        },
        findings: () => ({ networkRowsPerSequence: rows / sequences }),
      };
    },
  };
}

/** As gdiff generate: one base a call where nothing is said. */
function callsOf({ calls, length }: BenchSettings): number {
  return calls ?? length;
}
