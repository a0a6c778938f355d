/** x, dy, out and dx are [rows, width]; gain and dGain [width]. */
type Forward = (
  rows: number,
  width: number,
  x: Float32Array,
  gain: Float32Array,
  out: Float32Array,
  epsilon: number,
) => void;

type Backward = (
  rows: number,
  width: number,
  x: Float32Array,
  gain: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
  dGain: Float32Array,
  epsilon: number,
) => void;

export interface NormBinding {
  /** out = (x − mean) / sqrt(variance + epsilon) · gain, a row at a time. */
  readonly layerNormForward: Forward;
  readonly layerNormBackward: Backward;
  /** out = x / sqrt(mean of x² + epsilon) · gain, a row at a time. */
  readonly rmsNormForward: Forward;
  readonly rmsNormBackward: Backward;
}
