/** Packages that may be absent: importing one registers the TensorFlow.js backend `tensorflow`. */

declare module "@tensorflow/tfjs-node-gpu";
declare module "@tensorflow/tfjs-node";
