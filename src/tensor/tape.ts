/**
 * TensorFlow.js' tape: what its operations leave behind to be differentiated. This file alone knows the engine's inner
 * state, which no release of TensorFlow.js promises to keep; what it finds there is checked.
 */

import { BackendError } from "../errors.ts";
import { tf } from "./tf.ts";

/** One operation as it ran: its inputs by name, its outputs, what it kept, and its gradient. */
export type TapeNode = ReturnType<typeof tf.engine>["state"]["activeTape"][number];

/** A value and the operations that made it, in their order. `releaseNodes` must be called with them. */
export interface Recording<T> {
  readonly value: T;
  readonly nodes: TapeNode[];
}

/**
 * Runs `fn` in a tidy of its own with the tape on. What `fn` throws leaves the engine as it was before.
 *
 * @throws {BackendError} inside another recording, or when TensorFlow.js keeps another tape than this file knows
 */
export function record<T extends tf.TensorContainer>(fn: () => T): Recording<T> {
  const { state } = tf.engine();
  if (state.gradientDepth !== 0) {
    throw new BackendError(
      "expected gradients to be taken one at a time, got them asked for inside a function that is being differentiated",
    );
  }
  const nodes: TapeNode[] = [];
  state.activeTape = nodes;
  state.gradientDepth++;
  try {
    const value = tf.tidy(fn);
    for (const node of nodes) expectTapeNode(node);
    return { value, nodes };
  } catch (error) {
    releaseNodes(nodes);
    throw error;
  } finally {
    state.gradientDepth--;
    state.activeTape = [];
  }
}

/** Runs `fn` with the tape off: what it gives is a constant to every gradient. */
export function untaped<T>(fn: () => T): T {
  const { state } = tf.engine();
  const depth = state.gradientDepth;
  state.gradientDepth = 0;
  try {
    return fn();
  } finally {
    state.gradientDepth = depth;
  }
}

/** @throws {BackendError} when a node is not what TensorFlow.js 4.22 leaves */
export function expectTapeNode(node: Partial<Record<keyof TapeNode, unknown>>): void {
  const { kernelName, inputs, outputs, saved, gradient } = node;
  const isKnown =
    typeof kernelName === "string" &&
    typeof inputs === "object" &&
    inputs !== null &&
    Array.isArray(outputs) &&
    Array.isArray(saved) &&
    (gradient === undefined || typeof gradient === "function");
  if (isKnown) return;
  throw new BackendError(
    "expected the tape of TensorFlow.js 4.22, nodes of kernelName, inputs, outputs, saved and gradient, " +
      `got one of ${Object.keys(node).join(", ") || "nothing"} from version ${tf.version_core}: install @tensorflow/tfjs 4.22`,
  );
}

/** Disposes what one node kept for its gradient. */
export function releaseNode({ saved }: TapeNode): void {
  for (const tensor of saved ?? []) tensor.dispose();
}

/** Disposes what nodes kept and empties their list. */
export function releaseNodes(nodes: TapeNode[]): void {
  for (const node of nodes.splice(0)) releaseNode(node);
}

/** Whether a tensor was made in the innermost tidy, which therefore disposes it unless it is returned. */
export function isOfThisTidy(tensor: tf.Tensor): boolean {
  return !tensor.kept && tensor.scopeId === tf.engine().state.activeScope?.id;
}
