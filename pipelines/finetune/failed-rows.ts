/** The sequences of a step that failed, as a file keeps them. */

import type { LabelledSequence } from "../../src/data/labelled/labelled-sequence.ts";
import type { LabelledRows } from "../../src/train/classification/labelled-rows.ts";
import { formatNames } from "../../src/util/format.ts";
import { type FailedBatch, shownIds } from "../run-folder/failed-step.ts";
import type { OpenedLabelled } from "./open-labelled.ts";

/** One row a sequence: its id, class, strand, bases as they were read (`?` is MASK), and weight. */
export function failedRows(
  { classes, sequences }: OpenedLabelled["train"],
  microBatches: readonly LabelledRows[],
  learningRate: number,
): FailedBatch {
  const rows = microBatches.flatMap(({ places, isReverse, ids, weights }) =>
    places.map((place, row) => {
      const { id, label } = sequences[place] as LabelledSequence;
      return {
        id,
        label: classes[label],
        strand: isReverse[row] ? "-" : "+",
        bases: shownIds(ids[row] as Uint8Array),
        weight: weights[row],
      };
    }),
  );
  const names = formatNames(rows.map(({ id }) => id));
  return { what: `its sequences (${names}) are`, content: { learningRate, rows } };
}
