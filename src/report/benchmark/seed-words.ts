/** What the numbers of a set are over, in words. */

import type { SetReport } from "../benchmark-record.ts";

export function seedWords(set: Pick<SetReport, "models"> | undefined): string {
  return set?.models[0]?.seeds.length === 1
    ? "Of one seed, so that there is no deviation."
    : "Mean over seeds ± standard deviation.";
}
