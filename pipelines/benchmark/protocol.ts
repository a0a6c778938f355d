/** How the parts of a set came about, in words for its report. */

import { splitWords } from "../labelled/split-words.ts";
import type { BenchmarkConfig } from "./options.ts";
import type { GivenSet } from "./set-files.ts";

export function setProtocol(
  { test }: Pick<GivenSet, "test">,
  { data, seeds, train, lr, batch }: BenchmarkConfig,
): string {
  const by = seeds === 1 ? "by one seed" : `by each of ${seeds} seeds anew`;
  const split =
    test === undefined
      ? `Of all sequences ${splitWords(data, by)}`
      : `Official test; of the official training part ${splitWords({ ...data, testShare: 0 }, by)}`;
  const isGrid = lr.length * batch.length > 1;
  const choice = isGrid ? "; learning rate and batch size by mean validation accuracy" : "";
  return `${split}. The epoch is chosen by validation ${train.select}${choice}; the test is read once.`;
}
