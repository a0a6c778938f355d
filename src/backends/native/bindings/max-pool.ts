/** x and dx [batch, length, width]; out and dy [batch, ⌊length / window⌋, width]; a TypeError where window is 0. */
export interface MaxPoolBinding {
  maxPoolForward(
    batch: number,
    length: number,
    width: number,
    window: number,
    x: Float32Array,
    out: Float32Array,
  ): void;
  maxPoolBackward(
    batch: number,
    length: number,
    width: number,
    window: number,
    x: Float32Array,
    dy: Float32Array,
    dx: Float32Array,
  ): void;
}
