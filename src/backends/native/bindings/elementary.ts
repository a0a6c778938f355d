/** The functions that kernels are made of, for measuring their accuracy. */
export interface ElementaryBinding {
  /** out = e^x; below −87.3, where float32 has no normal result, 0. */
  exponentials(count: number, x: Float32Array, out: Float32Array): void;
  /** out = ln x */
  logarithms(count: number, x: Float32Array, out: Float32Array): void;
}
