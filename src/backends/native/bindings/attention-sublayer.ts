import type { NativeAttentionPattern } from "./attention.ts";

/** What every function here starts with; width is heads · headWidth. */
export type AttentionSublayerSizes = [
  batch: number,
  heads: number,
  length: number,
  /** Even. */
  headWidth: number,
  pattern: NativeAttentionPattern,
  /** Positions of a block, 1 or more. */
  block: number,
  /** 0. */
  offset: number,
  /** [batch]: keys of a row that count, 1 or more. */
  lengths: Int32Array | undefined,
  epsilon: number,
  bf16: boolean,
];

export type AttentionSublayerTensors = [
  /** [width] */
  gain: Float32Array,
  /** [3 · width, width] */
  qkv: Float32Array,
  /** [width, width] */
  out: Float32Array,
  /** [length, headWidth] */
  cos: Float32Array,
  /** [length, headWidth] */
  sin: Float32Array,
  /** [batch · length, width] */
  x: Float32Array,
];

/** The first half of a transformer block: y = x + out(attention(rotary(qkv(layerNorm(x))))). */
export interface AttentionSublayerBinding {
  /** Bytes of `kept`. */
  attentionSublayerKeptBytes(...sizes: AttentionSublayerSizes): number;
  attentionSublayerForward(
    ...args: [
      ...sizes: AttentionSublayerSizes,
      ...tensors: AttentionSublayerTensors,
      y: Float32Array,
      /** What the backward pass reads; absent when there is none to come. */
      kept: Int32Array | undefined,
    ]
  ): void;
  attentionSublayerBackward(
    ...args: [
      ...sizes: AttentionSublayerSizes,
      ...tensors: AttentionSublayerTensors,
      kept: Int32Array,
      dy: Float32Array,
      /** Outputs, each in the shape of what it is the gradient of. */
      dx: Float32Array,
      dGain: Float32Array,
      dQkv: Float32Array,
      dOut: Float32Array,
    ]
  ): void;
}
