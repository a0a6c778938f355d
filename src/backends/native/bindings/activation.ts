/** All arrays are of `count` values, element by element. */
export interface ActivationBinding {
  geluForward(count: number, x: Float32Array, out: Float32Array): void;
  geluBackward(count: number, x: Float32Array, dy: Float32Array, dx: Float32Array): void;
  /** out = a · sigmoid(a) · b */
  siluGateForward(count: number, a: Float32Array, b: Float32Array, out: Float32Array): void;
  siluGateBackward(
    count: number,
    a: Float32Array,
    b: Float32Array,
    dy: Float32Array,
    da: Float32Array,
    db: Float32Array,
  ): void;
}
