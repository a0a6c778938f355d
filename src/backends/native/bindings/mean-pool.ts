/** x and dx [batch, length, width]; lengths [batch] in 1 … length, a TypeError otherwise; out and dy [batch, width]. */
export interface MeanPoolBinding {
  meanPoolForward(
    batch: number,
    length: number,
    width: number,
    x: Float32Array,
    lengths: Int32Array,
    out: Float32Array,
  ): void;
  meanPoolBackward(
    batch: number,
    length: number,
    width: number,
    dy: Float32Array,
    lengths: Int32Array,
    dx: Float32Array,
  ): void;
}
