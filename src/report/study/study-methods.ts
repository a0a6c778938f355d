/** How the numbers of a study are made, for those who doubt them. */

import { formatCount } from "../../util/format.ts";
import { percent } from "../numbers.ts";
import type { StudyRecord } from "../study-record.ts";

/** What is said of each matter, by its name. */
export function studyMethods({ design }: StudyRecord): readonly (readonly [string, string])[] {
  const { draws } = design.test;
  return [
    [
      "Same for all",
      "Genome, splits, size of the network, and for a seed the first weights and the windows in their order. A network that is told how noisy a row is has more parameters for it. Steps are the bases that were asked for, divided by those of a step, to the nearest. Later stages of an arm read other windows than the first.",
    ],
    [
      "Bits per base",
      `Exact numbers are −log p of the windows. Bounds are above −log p; they are estimated with ${formatCount(draws)} Monte Carlo draws a window, other ones for every seed. A bound and an exact number are not the same thing: that one is lower does not say by how much the networks differ.`,
    ],
    [
      "Errors",
      "Over seeds: the standard deviation over the root of their number. Over windows: the windows are cut, in the order of the genome, into 64 blocks of neighbours at most, each with all its seeds, and the error is that over blocks. The two are of different questions and are not added.",
    ],
    [
      "Differences",
      `Paired by seed and by window. Their intervals are Student’s t, widened so that all hold together with ${percent(design.confidence, 0)} (Bonferroni). With few seeds they are wide: two seeds have one degree of freedom.`,
    ],
    [
      "Speed",
      "Bases a second of training: the median of steps without a validation, of the process that trained, beside what else ran on the machine.",
    ],
    [
      "Generated sequences",
      "By the default sampler of the last objective, at temperature 1, with averaged weights. Real windows hold no N.",
    ],
    [
      "Not tuned",
      "No setting was searched for any arm unless its stages say so: an arm may do better with a learning rate of its own.",
    ],
  ];
}
