/**
 * The one place where gradients are taken: reverse accumulation over TensorFlow.js' tape, which disposes what an
 * operation kept as soon as its gradient is known. TensorFlow.js' own pass keeps all of it, and every gradient between,
 * to the end.
 */

import { BackendError, ShapeError, TrainingError } from "../errors.ts";
import { accumulate } from "./accumulate.ts";
import { formatShape } from "./named-arrays.ts";
import { disposeParams, mapParams, type ParamTree, param } from "./params.ts";
import { isOfThisTidy, record, releaseNode, releaseNodes, type TapeNode } from "./tape.ts";
import { tf } from "./tf.ts";

export interface LossAndGrads {
  readonly loss: tf.Scalar;
  /** Same names as the parameters. */
  readonly grads: ParamTree;
}

/** What a forward pass gives; `aux` is what it tells besides its loss, as running statistics. */
export interface LossAndAux {
  readonly loss: tf.Scalar;
  readonly aux: ParamTree;
}

/** Gradients known so far, by the id of the tensor that they belong to. */
type Gradients = Map<number, tf.Tensor>;

/**
 * Returns a scalar loss and its gradient by name; the caller disposes both. A gradient function may itself take
 * gradients, which is how values are computed again instead of kept; `lossFn` may not.
 *
 * @param lossFn must depend on every parameter; what else it allocates is freed here
 * @param sums gradients to add to, by name; taken over whatever happens, so the caller never uses them again
 * @throws {ShapeError} when the loss is no scalar, or a gradient is not as its tensor
 * @throws {TrainingError} when no operation leads from a parameter to the loss
 * @throws {BackendError} when an operation has no gradient
 */
export function lossAndGrads(
  params: ParamTree,
  lossFn: (params: ParamTree) => tf.Scalar,
  sums?: ParamTree,
): LossAndGrads {
  const { loss, grads } = lossGradsAndAux(
    params,
    (values) => ({ loss: lossFn(values), aux: {} }),
    sums,
  );
  return { loss, grads };
}

/** The same of a function that gives more than its loss, through which no gradient goes; the caller disposes that too. */
export function lossGradsAndAux(
  params: ParamTree,
  lossFn: (params: ParamTree) => LossAndAux,
  sums?: ParamTree,
): LossAndGrads & LossAndAux {
  try {
    return tf.tidy(() => {
      const { value, nodes } = record(() => ({ ...lossFn(params) }));
      try {
        const { loss, aux } = value;
        expectScalar(loss);
        return { loss, aux, grads: reverse(nodes, loss, params, sums) };
      } finally {
        releaseNodes(nodes);
      }
    });
  } catch (error) {
    if (sums !== undefined) disposeParams(sums);
    throw error;
  }
}

/** Empties `nodes` from its end. */
function reverse(
  nodes: TapeNode[],
  loss: tf.Scalar,
  params: ParamTree,
  sums: ParamTree | undefined,
): ParamTree {
  const tracked = tensorsThatDependOn(params, nodes);
  const gradients: Gradients = new Map([[loss.id, tf.scalar(1)]]);
  const unseen = new Map(Object.entries(params).map(([name, { id }]) => [id, name]));
  if (sums !== undefined) for (const [id, name] of unseen) gradients.set(id, param(sums, name));
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    try {
      for (const id of propagate(node, tracked, gradients)) unseen.delete(id);
    } finally {
      releaseNode(node);
    }
  }
  if (unseen.size > 0) {
    throw new TrainingError(
      `expected operations that lead from every parameter to the loss, got none from ${[...unseen.values()].join(", ")}`,
    );
  }
  return mapParams(params, ({ id }) => gradients.get(id) as tf.Tensor);
}

/** Ids of the parameters and of all that was computed from them. */
function tensorsThatDependOn(params: ParamTree, nodes: readonly TapeNode[]): ReadonlySet<number> {
  const ids = new Set(Object.values(params).map(({ id }) => id));
  for (const { inputs, outputs } of nodes) {
    if (!Object.values(inputs).some((input) => ids.has(input.id))) continue;
    for (const { id } of outputs) ids.add(id);
  }
  return ids;
}

/** Takes the gradients of a node's outputs out of `gradients` and adds those of its inputs; returns the inputs' ids. */
function propagate(
  node: TapeNode,
  tracked: ReadonlySet<number>,
  gradients: Gradients,
): readonly number[] {
  const dys = node.outputs.map(({ id }) => take(gradients, id));
  const inputs = Object.entries(node.inputs).filter(([, input]) => tracked.has(input.id));
  if (inputs.length === 0 || dys.every((dy) => dy === undefined)) return [];
  const dxs = tf.tidy(() => gradientsOfInputs(node, dys, inputs));
  for (const dy of dys) dy?.dispose();
  for (const [i, [, { id }]] of inputs.entries()) {
    const dx = dxs[i] as tf.Tensor;
    const sum = gradients.get(id);
    gradients.set(id, sum === undefined ? dx : accumulate(sum, dx));
  }
  return inputs.map(([, { id }]) => id);
}

function take(gradients: Gradients, id: number): tf.Tensor | undefined {
  const found = gradients.get(id);
  gradients.delete(id);
  return found;
}

/** Runs a node's gradient functions; every tensor returned is of the tidy around, once. */
function gradientsOfInputs(
  { kernelName, gradient }: TapeNode,
  dys: readonly (tf.Tensor | undefined)[],
  inputs: readonly (readonly [name: string, tensor: tf.Tensor])[],
): tf.Tensor[] {
  if (gradient === undefined)
    throw new BackendError(`expected ${kernelName} to have a gradient, got none registered`);
  const byName = gradient(dys as tf.Tensor[]);
  const seen = new Set<tf.Tensor>();
  return inputs.map(([name, input]) => {
    const dx = byName[name]?.();
    if (dx === undefined)
      throw new BackendError(`expected ${kernelName} to have a gradient of ${name}, got none`);
    expectGradientOf(input, dx, `${kernelName}'s gradient of ${name}`);
    const isOwn = isOfThisTidy(dx) && !seen.has(dx);
    seen.add(dx);
    return isOwn ? dx : dx.clone(); // some functions return dy itself, or one tensor twice
  });
}

function expectGradientOf(input: tf.Tensor, dx: tf.Tensor, name: string): void {
  const [expected, got] = [formatShape(input.shape), formatShape(dx.shape)];
  if (expected === got && dx.dtype === "float32") return;
  throw new ShapeError(`expected ${name} to be float32 ${expected}, got ${dx.dtype} ${got}`);
}

function expectScalar(loss: tf.Tensor): void {
  if (loss instanceof tf.Tensor && loss.rank === 0) return;
  const got = loss instanceof tf.Tensor ? formatShape(loss.shape) : typeof loss;
  throw new ShapeError(`expected the loss to be a scalar, got ${got}`);
}
