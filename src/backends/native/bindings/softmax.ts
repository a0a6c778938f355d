/** x and out [rows, width]. */
export interface SoftmaxBinding {
  softmax(rows: number, width: number, x: Float32Array, out: Float32Array): void;
  logSoftmax(rows: number, width: number, x: Float32Array, out: Float32Array): void;
}
