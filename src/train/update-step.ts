/** One optimiser step of any sum of losses: state in, state out. */

import { TrainingError } from "../errors.ts";
import { lossAndGrads } from "../tensor/backward.ts";
import { disposeParams, type ParamTree } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import { AND_RESUME } from "./and-resume.ts";
import type { Cluster, StepSums } from "./cluster.ts";
import { type OptimiserOptions, treeNorm, update } from "./optimiser.ts";
import { disposeState, type TrainState } from "./train-state.ts";

/** What is minimised: a sum over micro-batches, divided by what they count. */
export interface Summed<Batch> {
  /**
   * Returns the function of the parameters that gives the micro-batch's sum, nats. What does not depend on them may be
   * computed before it returns, and is then not differentiated; both run inside a tidy.
   */
  lossOf(batch: Batch): (params: ParamTree) => tf.Scalar;
  /** What the micro-batch adds to the divisor. */
  countOf(batch: Batch): number;
}

export interface StepReport {
  /** The step's loss: summed nats over summed counts of the global batch. */
  readonly lossNats: number;
  /** Global norm of the gradient before clipping. */
  readonly gradientNorm: number;
}

/**
 * Makes one update from the micro-batches of one step. Loss and gradients are sums over micro-batches and processes,
 * divided at the end by the count of the global batch, so that how a batch is split changes nothing but rounding.
 *
 * The update consumes `state`: the next state is made in its memory, so there is no way back. A step that fails before
 * (`turn` rejects, the loss or the gradient is not finite) leaves it as it was; one that fails after (an updated
 * parameter is not finite) leaves it disposed. Either way `disposeState(state)` is allowed and enough.
 *
 * @param turn called between micro-batches; a promise that rejects ends the step
 * @throws {TrainingError} when the loss, the gradient or an updated parameter is not finite
 */
export async function updateStep<Batch>(
  state: TrainState,
  microBatches: readonly Batch[],
  summed: Summed<Batch>,
  learningRate: number,
  options: OptimiserOptions,
  cluster: Cluster,
  turn: () => Promise<void> = async () => {},
): Promise<[TrainState, StepReport]> {
  const { grads, lossNats, count } = await cluster.allReduce(
    await sumMicroBatches(state.params, microBatches, summed, turn),
  );
  try {
    if (!(count > 0)) {
      throw new RangeError(`internal: expected a step's batch to count something, got ${count}`);
    }
    const norm = (await treeNorm(grads)) / count;
    const meanNats = lossNats / count;
    const values = { loss: meanNats, "gradient norm": norm };
    expectFinite(state.step + 1, learningRate, values);
    const gradient = { grads, norm, divisor: count };
    const { state: next, parameterNorm } = await update(state, gradient, learningRate, options);
    try {
      expectFinite(next.step, learningRate, { "parameter norm": parameterNorm });
    } catch (error) {
      disposeState(next);
      throw error;
    }
    return [next, { lossNats: meanNats, gradientNorm: norm }];
  } finally {
    disposeParams(grads);
  }
}

async function sumMicroBatches<Batch>(
  params: ParamTree,
  microBatches: readonly Batch[],
  { lossOf, countOf }: Summed<Batch>,
  turn: () => Promise<void>,
): Promise<StepSums> {
  let lossNats = 0;
  let sum: ParamTree | undefined;
  try {
    for (const microBatch of microBatches) {
      await turn();
      const { loss, grads } = tf.tidy(() => ({
        ...lossAndGrads(params, lossOf(microBatch), sum),
      }));
      sum = grads;
      lossNats += await readScalar(loss);
    }
  } catch (error) {
    if (sum !== undefined) disposeParams(sum);
    throw error;
  }
  if (sum === undefined) {
    throw new RangeError("internal: expected at least one micro-batch, got none");
  }
  return {
    grads: sum,
    lossNats,
    count: microBatches.reduce((total, microBatch) => total + countOf(microBatch), 0),
  };
}

async function readScalar(scalar: tf.Scalar): Promise<number> {
  try {
    return (await scalar.data())[0] as number;
  } finally {
    scalar.dispose();
  }
}

function expectFinite(
  step: number,
  learningRate: number,
  values: Readonly<Record<string, number>>,
): void {
  const all = Object.entries(values);
  if (all.every(([, value]) => Number.isFinite(value))) return;
  const names = all.map(([name]) => name).join(" and ");
  const got = all.map(([name, value]) => `${name} ${value}`).join(" and ");
  throw new TrainingError(
    `expected a finite ${names} at step ${step}, got ${got}: ` +
      `lower --lr (${Number(learningRate.toPrecision(3))} at this step) or lengthen the warm-up${AND_RESUME}`,
  );
}
