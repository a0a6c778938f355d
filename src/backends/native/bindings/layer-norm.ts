export interface LayerNormBinding {
  /** out [rows, width] = (x − mean) / sqrt(variance + epsilon) · gain [width], a row at a time. */
  layerNormForward(
    rows: number,
    width: number,
    x: Float32Array,
    gain: Float32Array,
    out: Float32Array,
    epsilon: number,
  ): void;
}
