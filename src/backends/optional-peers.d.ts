/** Packages that may be absent; whoever loads one says what it takes from it. */

declare module "@tensorflow/tfjs-node-gpu";
declare module "@tensorflow/tfjs-node";
declare module "@tensorflow/tfjs-backend-webgpu";
declare module "webgpu";
