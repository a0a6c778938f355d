/** What a run comes to that nothing disturbs, for those that are to end alike. */

import { beforeAll, expect } from "vitest";
import { outcomeOf, pretrain } from "./tiny-run.ts";

/** Makes the run before the tests; the function gives its outcome at step `steps`. */
export function undisturbedRun(run: string, steps: number, args: readonly string[]): () => unknown {
  let outcome: unknown;
  beforeAll(async () => {
    expect(await pretrain([...args, "--out", run])).toMatchObject({ code: 0 });
    outcome = outcomeOf(run, steps);
  });
  return () => outcome;
}
