/** ids [rows] in [0, vocab), a TypeError otherwise; table and dTable [vocab, width]; out and dy [rows, width]. */
export interface EmbeddingBinding {
  embeddingForward(
    rows: number,
    vocab: number,
    width: number,
    ids: Int32Array,
    table: Float32Array,
    out: Float32Array,
  ): void;
  embeddingBackward(
    rows: number,
    vocab: number,
    width: number,
    ids: Int32Array,
    dy: Float32Array,
    dTable: Float32Array,
  ): void;
}
