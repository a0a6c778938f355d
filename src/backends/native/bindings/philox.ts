export interface PhiloxBinding {
  /**
   * out[i] = the uniform of random/addressed.ts at (key, example, step, position + i), bit for bit, i < count. Key
   * and counter are words of 32 bits, the example's in two.
   */
  philoxUniforms(
    count: number,
    key0: number,
    key1: number,
    position: number,
    step: number,
    exampleLow: number,
    exampleHigh: number,
    out: Float64Array,
  ): void;
}
