/** Embeddings as a table, a row a sequence or a row a base. */

import type { NamedSequence } from "../../src/data/labelled/labelled-sequence.ts";
import type { Column, Table } from "../../src/data/table/table.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { intervalColumns } from "../labelled/predictions-table.ts";

interface Embedded {
  readonly sequences: readonly NamedSequence[];
  /** Names of their classes, where they are known. */
  readonly labels?: readonly string[];
  readonly width: number;
  /** [sequences, width], or [bases of all, width] */
  readonly features: Float32Array;
}

type Metadata = Readonly<Record<string, string>>;

/** Returns id, label where it is known, length (bases), embedding, and coordinates where every sequence has an interval. */
export function pooledTable(
  { sequences, labels, width, features }: Embedded,
  metadata: Metadata,
): Table {
  const label: Column[] =
    labels === undefined ? [] : [{ name: "label", type: "utf8", values: labels }];
  return {
    columns: [
      { name: "id", type: "utf8", values: sequences.map(({ id }) => id) },
      ...label,
      {
        name: "length",
        type: "int32",
        values: Int32Array.from(sequences, ({ ids }) => ids.length),
      },
      { name: "embedding", type: "float32s", width, values: features },
      ...intervalColumns(sequences),
    ],
    metadata,
  };
}

/** Returns id, position (0-based, along the sequence as it was read), base (N where it is none) and embedding. */
export function perBaseTable({ sequences, width, features }: Embedded, metadata: Metadata): Table {
  const bases = sequences.reduce((sum, { ids }) => sum + ids.length, 0);
  const position = new Int32Array(bases);
  const id: string[] = [];
  const base: string[] = [];
  for (const sequence of sequences) {
    for (const [at, letter] of [...decodeIds(sequence.ids)].entries()) {
      position[id.length] = at;
      id.push(sequence.id);
      base.push(letter);
    }
  }
  return {
    columns: [
      { name: "id", type: "utf8", values: id },
      { name: "position", type: "int32", values: position },
      { name: "base", type: "utf8", values: base },
      { name: "embedding", type: "float32s", width, values: features },
    ],
    metadata,
  };
}
