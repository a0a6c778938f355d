/** What every function here starts with. */
export type MlpSizes = [
  rows: number,
  width: number,
  hidden: number,
  epsilon: number,
  bf16: boolean,
];

/** The weights, or gradients of them in their shapes. */
export type MlpWeights = [
  /** [width] */
  gain: Float32Array,
  /** [hidden, width] */
  up: Float32Array,
  /** [hidden] */
  upBias: Float32Array,
  /** [width, hidden] */
  down: Float32Array,
  /** [width] */
  downBias: Float32Array,
];

/** The second half of a transformer block: y = x + down(gelu(up(layerNorm(x)))); x, y and their gradients are [rows, width]. */
export interface MlpBinding {
  /** Bytes of `kept`. */
  mlpKeptBytes(...sizes: MlpSizes): number;
  mlpForward(
    ...args: [
      ...sizes: MlpSizes,
      ...weights: MlpWeights,
      x: Float32Array,
      y: Float32Array,
      /** What `mlpBackward` reads; absent when there is none to come. */
      kept: Int32Array | undefined,
    ]
  ): void;
  mlpBackward(
    ...args: [
      ...sizes: MlpSizes,
      ...weights: MlpWeights,
      x: Float32Array,
      kept: Int32Array,
      dy: Float32Array,
      /** Outputs. */
      dx: Float32Array,
      ...gradients: MlpWeights,
    ]
  ): void;
}
