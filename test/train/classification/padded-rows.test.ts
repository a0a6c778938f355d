import { expect, test } from "vitest";
import { tf } from "../../../src/tensor/tf.ts";
import { N_ID } from "../../../src/tokens/alphabet.ts";
import { paddedRows } from "../../../src/train/classification/padded-rows.ts";
import { useBackend } from "../../support/backend.ts";

test("rows are padded on the right to the longest", async () => {
  await useBackend("cpu");
  tf.tidy(() => {
    const sequences = [Uint8Array.of(0, 1, 2), Uint8Array.of(3), Uint8Array.of(2, 2)];
    const { ids, lengths } = paddedRows(sequences);
    expect([ids.shape, ids.dtype, lengths]).toEqual([[3, 3], "int32", [3, 1, 2]]);
    expect([...ids.dataSync()]).toEqual([0, 1, 2, 3, N_ID, N_ID, 2, 2, N_ID]);
  });
});
