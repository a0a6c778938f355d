/** The second half of a transformer block: y = x + down(gelu(up(layerNorm(x)))). */
export interface MlpBinding {
  /** Bytes of `kept`. */
  mlpKeptBytes(rows: number, width: number, hidden: number, epsilon: number, bf16: boolean): number;
  mlpForward(
    rows: number,
    width: number,
    hidden: number,
    epsilon: number,
    bf16: boolean,
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
    /** [rows, width] */
    x: Float32Array,
    /** [rows, width] */
    y: Float32Array,
    /** What `mlpBackward` reads; absent when there is none to come. */
    kept: Int32Array | undefined,
  ): void;
  mlpBackward(
    rows: number,
    width: number,
    hidden: number,
    epsilon: number,
    bf16: boolean,
    gain: Float32Array,
    up: Float32Array,
    upBias: Float32Array,
    down: Float32Array,
    downBias: Float32Array,
    x: Float32Array,
    kept: Int32Array,
    /** [rows, width] */
    dy: Float32Array,
    /** Outputs, each in the shape of what it is the gradient of. */
    dx: Float32Array,
    dGain: Float32Array,
    dUp: Float32Array,
    dUpBias: Float32Array,
    dDown: Float32Array,
    dDownBias: Float32Array,
  ): void;
}
