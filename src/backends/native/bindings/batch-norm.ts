/** x, y, dy and dx [rows, channels], a TypeError without rows; all others [channels]. The variance is divided by `rows`. */
export interface BatchNormBinding {
  batchNormForward(
    rows: number,
    channels: number,
    x: Float32Array,
    gain: Float32Array,
    bias: Float32Array,
    y: Float32Array,
    mean: Float32Array,
    variance: Float32Array,
    epsilon: number,
  ): void;
  batchNormBackward(
    rows: number,
    channels: number,
    x: Float32Array,
    gain: Float32Array,
    mean: Float32Array,
    variance: Float32Array,
    dy: Float32Array,
    dx: Float32Array,
    dGain: Float32Array,
    dBias: Float32Array,
    epsilon: number,
  ): void;
}
