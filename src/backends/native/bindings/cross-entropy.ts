/** logits and dLogits [rows, classes]; x0 and weight [rows]; loss and dy one value. */
export interface CrossEntropyBinding {
  /** loss = Σ weight · −ln softmax(logits)[x0]; NaN when a logit is not finite. */
  maskedCrossEntropyForward(
    rows: number,
    classes: number,
    logits: Float32Array,
    x0: Int32Array,
    weight: Float32Array,
    loss: Float32Array,
  ): void;
  maskedCrossEntropyBackward(
    rows: number,
    classes: number,
    logits: Float32Array,
    x0: Int32Array,
    weight: Float32Array,
    dy: Float32Array,
    dLogits: Float32Array,
  ): void;
}
