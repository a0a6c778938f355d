/** A trained network as the function that samplers and likelihoods take. */

import type { ParamTree } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import { denoiser } from "./denoiser.ts";
import { type DenoiserConfig, headWidthOf } from "./denoiser-config.ts";
import { COMPOSITE_MEMORY, forwardBytes } from "./model-cost.ts";

/** [batch, length] ids to logits [batch, length, head], both row-major. */
export type NetworkDenoise = (
  ids: Uint8Array,
  shape: {
    readonly batch: number;
    readonly length: number;
    /** Bases of each row where rows are padded on the right. */
    readonly lengths?: readonly number[];
    /** Class of each row, of a network that is told classes; absent for none. */
    readonly labels?: readonly number[];
    /** [batch] total noise of each row, nats, of a network that is told it; absent is of clean rows. */
    readonly levels?: Float32Array;
    /** [batch, length] the clean rows beside these, of a network of blocks. */
    readonly clean?: Uint8Array;
  },
) => Promise<Float32Array>;

/** Memory of one pass; a larger batch takes several, which changes no row. */
const PASS_BYTES = 2 ** 30;

/** Returns the denoiser of `params`, which it neither copies nor disposes. */
export function networkDenoise(params: ParamTree, config: DenoiserConfig): NetworkDenoise {
  return async (ids, { batch, length, lengths, labels, levels, clean }) => {
    const rows = Math.max(
      1,
      Math.floor(
        PASS_BYTES /
          forwardBytes(config, clean === undefined ? length : 2 * length, COMPOSITE_MEMORY),
      ),
    );
    const rowSize = length * headWidthOf(config);
    const logits = new Float32Array(batch * rowSize);
    for (let row = 0; row < batch; row += rows) {
      const end = Math.min(batch, row + rows);
      const part = (of: Uint8Array): tf.Tensor2D =>
        tf.tensor2d(
          Int32Array.from(of.subarray(row * length, end * length)),
          [end - row, length],
          "int32",
        );
      const tensor = tf.tidy(() =>
        denoiser(params, config, part(ids), {
          ...(lengths === undefined ? {} : { lengths: lengths.slice(row, end) }),
          ...(labels === undefined ? {} : { labels: labels.slice(row, end) }),
          ...(levels === undefined ? {} : { levels: levels.slice(row, end) }),
          ...(clean === undefined ? {} : { clean: part(clean) }),
        }),
      );
      try {
        logits.set((await tensor.data()) as Float32Array, row * rowSize);
      } finally {
        tensor.dispose();
      }
    }
    return logits;
  };
}
