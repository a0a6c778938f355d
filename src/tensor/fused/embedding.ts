/** Rows of a table by id as one kernel: gather forwards, a sum in fixed order backwards. */

import type { tf } from "../tf.ts";
import { runFused } from "./run.ts";

/** Inputs ids [rows] int32 and table [vocab, width]; output [rows, width]; a TypeError when an id has no row. */
export const EMBEDDING = "GdiffEmbedding";

/** Inputs ids and dy [rows, width]; attribute `vocab`; output dTable [vocab, width]. */
export const EMBEDDING_BACKWARD = "GdiffEmbeddingBackward";

export const EMBEDDING_GRADIENT: tf.GradConfig = {
  kernelName: EMBEDDING,
  inputsToSave: ["ids", "table"],
  gradFunc: (dy, [ids, table]) => {
    const vocab = (table as tf.Tensor).shape[0] as number;
    const inputs = { ids: ids as tf.Tensor, dy: dy as tf.Tensor };
    return { table: () => runFused(EMBEDDING_BACKWARD, inputs, { vocab })[0] as tf.Tensor };
  },
};
