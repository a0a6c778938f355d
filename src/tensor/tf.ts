/**
 * The one import of TensorFlow.js. It is the union package because in Node's ESM tfjs-core alone registers no
 * gradients. Importing registers the `cpu` backend; which backend computes is chosen by backends/select-backend.ts.
 */

export * as tf from "@tensorflow/tfjs";
