/** How far a pass over sequences is, and how it is stopped. */

import type { PipelineIo } from "./io.ts";
import { turn } from "./stop.ts";

/**
 * Makes a pass, of whose sequences `takeTurn` is told how many are done; the display ends with all of them.
 *
 * @param note what is done to them: "sequences predicted"
 * @throws the reason of `io.signal` when it aborts
 */
export async function withProgress<Result>(
  io: PipelineIo,
  total: number,
  note: string,
  pass: (takeTurn: (done: number) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  try {
    const result = await pass(async (done) => {
      io.progress.update(done, total, note);
      await turn(io.signal);
    });
    io.progress.update(total, total, note);
    return result;
  } finally {
    io.progress.finish();
  }
}
