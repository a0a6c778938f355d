/** The names of the two tests in text. */

import type { TestKind } from "../benchmark-record.ts";

export const TEST_LABELS: Readonly<Record<TestKind, string>> = {
  whole: "whole test",
  deduplicated: "de-duplicated test",
};
