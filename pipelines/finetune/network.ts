/** What fine-tuning needs of a network, whichever it is. */

import type { PaddedRows } from "../../src/model/classifier.ts";
import type { ParamShapes } from "../../src/model/param-shapes.ts";
import type { ParamTree } from "../../src/tensor/params.ts";
import type { tf } from "../../src/tensor/tf.ts";
import type { LabelledRows } from "../../src/train/classification/labelled-rows.ts";
import type { SequenceRows } from "../../src/train/classification/sequence-rows.ts";
import type { Summed } from "../../src/train/update-step.ts";

/** What prediction needs of it. */
export interface PredictingNetwork {
  /** Of all that prediction needs, by the names on disk. */
  readonly shapes: ParamShapes;
  /** Bases of the longest sequence that it takes; absent is any. */
  readonly longest?: number;
  /** Logits [batch, classes] under all of `shapes`, inside a tidy. */
  logits(params: ParamTree, rows: PaddedRows): tf.Tensor2D;
}

export interface FinetuneNetwork extends PredictingNetwork {
  /** Names of what is trained, in the network's order. */
  readonly tuned: readonly string[];
  /** All of `shapes` as training began. The network's: `dispose` frees them. */
  readonly start: ParamTree;
  /**
   * Returns what training calls; what does not change while it lasts is computed before, once a process.
   *
   * @param turn called before each part of that with the sequences done and all; a promise that rejects ends it
   */
  passes(turn: (done: number, total: number) => Promise<void>): Promise<TrainingPasses>;
  /**
   * What prediction needs besides the trained and the frozen parameters, computed from them: statistics of batch norms.
   * The caller disposes it.
   */
  statistics(params: ParamTree): Promise<ParamTree>;
  dispose(): void;
}

/** Passes over the sequences that a network is trained and scored on. */
export interface TrainingPasses {
  /** Of rows of train. */
  readonly loss: Summed<LabelledRows>;
  /** Logits [batch, classes] of rows of valid under all parameters, inside a tidy. */
  validLogits(params: ParamTree, rows: SequenceRows): tf.Tensor2D;
}
