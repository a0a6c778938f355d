/** Programs of their own: each must end by itself, with nothing on stderr. */

import { join } from "node:path";
import { expect, it } from "vitest";
import { runProgram } from "../../cli/spawn-program.ts";

const PROGRAM = join(import.meta.dirname, "worker-program.mjs");

it.each([
  [
    "together",
    '{"same":true,"ends":[0,0,0,0]}',
    "four workers and the main thread compute the same",
  ],
  [
    "terminate",
    '{"same":true,"leftMiB":0}',
    "workers stopped in the middle take nothing with them",
  ],
  ["only", '{"sums":1,"ends":[0]}', "a worker may be the only one to have the engine"],
  ["exit", '{"exits":true}', "the process may end while a worker computes"],
])("%s: %s", async (task, stdout) => {
  expect(await runProgram(PROGRAM, [task])).toEqual({ code: 0, stdout, stderr: "" });
});
