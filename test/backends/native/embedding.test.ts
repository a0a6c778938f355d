import { expect, it } from "vitest";
import { naiveEmbedding } from "../../naive/embedding.ts";
import { maxDifference } from "../../support/backend.ts";
import {
  binding,
  computed,
  describeEachInstructionSet,
  poisoned,
  refusalOf,
  sameBits,
  values,
} from "./support.ts";

const SHAPES: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [5, 6, 17],
  [300, 6, 33],
  [1031, 3, 5],
  [2500, 97, 7],
  [4, 70, 130],
];

const idsOf = (rows: number, vocab: number): Int32Array =>
  Int32Array.from({ length: rows }, (_, i) => (i * i * 7 + (i >> 3)) % vocab);

describeEachInstructionSet("embedding", () => {
  it.each(SHAPES)("takes and sums rows: %i ids of %i, width %i", (rows, vocab, width) => {
    const ids = idsOf(rows, vocab);
    const table = values(vocab * width, 1);
    const dy = values(rows * width, 2);
    const [out] = computed([rows * width], (to) =>
      binding.embeddingForward(rows, vocab, width, ids, table, to),
    );
    expect(sameBits(out, Float32Array.from(naiveEmbedding(ids, table, width)))).toBe(true);
    const [dTable] = computed([vocab * width], (to) =>
      binding.embeddingBackward(rows, vocab, width, ids, dy, to),
    );
    const wanted = new Float64Array(vocab * width);
    for (let at = 0; at < dy.length; at++) {
      const to = (ids[Math.floor(at / width)] as number) * width + (at % width);
      wanted[to] = (wanted[to] as number) + (dy[at] as number);
    }
    expect(maxDifference(dTable, wanted)).toBeLessThan(3e-5);
  });

  it("gives nothing for no ids, and zeros for the gradient of a table that none names", () => {
    binding.embeddingForward(0, 6, 4, new Int32Array(0), values(24, 1), new Float32Array(0));
    const dTable = poisoned(24);
    binding.embeddingBackward(0, 6, 4, new Int32Array(0), new Float32Array(0), dTable);
    expect(dTable).toEqual(new Float32Array(24));
  });
});

it("refuses an id that has no row of the table, naming both", () => {
  const table = values(12, 1);
  const wanted =
    "expected every id to be at least 0 and below 6, the rows of the table, got ids[1] =";
  for (const id of [6, -1]) {
    const ids = Int32Array.of(5, id);
    expect(refusalOf(() => binding.embeddingForward(2, 6, 2, ids, table, poisoned(4)))).toBe(
      `TypeError: native embeddingForward: ${wanted} ${id}`,
    );
    expect(
      refusalOf(() => binding.embeddingBackward(2, 6, 2, ids, values(4, 2), poisoned(12))),
    ).toBe(`TypeError: native embeddingBackward: ${wanted} ${id}`);
  }
});
