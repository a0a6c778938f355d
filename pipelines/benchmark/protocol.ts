/** How the parts of a set came about, in words for its report. */

import type { BenchmarkConfig } from "./options.ts";
import type { GivenSet } from "./set-files.ts";

export function setProtocol(
  { test }: Pick<GivenSet, "test">,
  { data, seeds, train, lr, batch }: BenchmarkConfig,
): string {
  const { validShare, testShare, groups } = data;
  const how =
    groups === "overlap" ? "whole groups of overlapping sequences by class" : "sequences by class";
  const drawn = seeds === 1 ? "by one seed" : `by each of ${seeds} seeds anew`;
  const split =
    test === undefined
      ? `Split ${drawn}: ${percent(validShare)} for validation and ${percent(testShare)} for the test`
      : `Official test; of the official training part ${percent(validShare)} for validation, drawn ${drawn}`;
  const isGrid = lr.length * batch.length > 1;
  const choice = isGrid ? "; learning rate and batch size by mean validation accuracy" : "";
  return `${split}, ${how}. The epoch is chosen by validation ${train.select}${choice}; the test is read once.`;
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
