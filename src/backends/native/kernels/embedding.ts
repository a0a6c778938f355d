import { expectShape } from "../../../tensor/expect-shape.ts";
import { EMBEDDING, EMBEDDING_BACKWARD } from "../../../tensor/fused/embedding.ts";
import { input, type NativeKernel } from "../kernel.ts";

const embedding: NativeKernel = {
  name: EMBEDDING,
  run: (call) => {
    const { backend } = call;
    const ids = input(call, "ids");
    const table = input(call, "table");
    const [rows = 0] = expectShape(EMBEDDING, "ids", ids, ["rows"]);
    const [vocab = 0, width = 0] = expectShape(EMBEDDING, "table", table, ["vocab", "width"]);
    const out = backend.output([rows, width]);
    backend.binding.embeddingForward(
      rows,
      vocab,
      width,
      backend.ints(ids),
      backend.floats(table),
      backend.floats(out),
    );
    return out;
  },
};

const embeddingBackward: NativeKernel = {
  name: EMBEDDING_BACKWARD,
  run: (call) => {
    const { backend, attrs } = call;
    const ids = input(call, "ids");
    const dy = input(call, "dy");
    const vocab = attrs.vocab as number;
    const [rows = 0] = expectShape(EMBEDDING_BACKWARD, "ids", ids, ["rows"]);
    const [, width = 0] = expectShape(EMBEDDING_BACKWARD, "dy", dy, [rows, "width"]);
    const dTable = backend.output([vocab, width]);
    backend.binding.embeddingBackward(
      rows,
      vocab,
      width,
      backend.ints(ids),
      backend.floats(dy),
      backend.floats(dTable),
    );
    return dTable;
  },
};

export const EMBEDDINGS: readonly NativeKernel[] = [embedding, embeddingBackward];
