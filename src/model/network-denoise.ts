/** A trained network as the function that samplers and likelihoods take. */

import type { ParamTree } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import { denoiser } from "./denoiser.ts";
import type { DenoiserConfig } from "./denoiser-config.ts";

/** [batch, length] ids to logits [batch, length, 4], both row-major. */
export type NetworkDenoise = (
  ids: Uint8Array,
  shape: {
    readonly batch: number;
    readonly length: number;
    /** Bases of each row where rows are padded on the right. */
    readonly lengths?: readonly number[];
  },
) => Promise<Float32Array>;

/** Returns the denoiser of `params`, which it neither copies nor disposes. */
export function networkDenoise(params: ParamTree, config: DenoiserConfig): NetworkDenoise {
  return async (ids, { batch, length, lengths }) => {
    const logits = tf.tidy(() =>
      denoiser(
        params,
        config,
        tf.tensor2d(Int32Array.from(ids), [batch, length], "int32"),
        lengths,
      ),
    );
    const values = (await logits.data()) as Float32Array;
    logits.dispose();
    return values;
  };
}
