/** A benchmark that is killed again and again, at any moment, comes to the report of one that was not. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addressedRandom } from "../../../src/random/addressed.ts";
import { canListChildren, childrenOf, killById } from "../../support/child-processes.ts";
import { gdiff } from "../support/tiny-run.ts";
import { reportOf, smallBenchmark } from "./small-benchmark.ts";

/** Another one kills at other moments. */
const SEED = Number(process.env.GDIFF_KILL_SEED ?? 1);
const KILLS = 4;

const small = smallBenchmark(["placed"]);

/** Runs the benchmark, and kills it and its trials after some time. Whether it was still running. */
async function killAfter(out: string, delayMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const { code } = await gdiff(small.argsFor(out), (child) => {
    timer ??= setTimeout(() => {
      const { pid } = child;
      if (pid === undefined || child.exitCode !== null) return;
      const trials = childrenOf(pid);
      for (const one of [pid, ...trials]) killById(one);
    }, delayMs);
  });
  clearTimeout(timer);
  expect([0, null]).toContain(code);
  return code === null;
}

test.skipIf(!canListChildren())(
  "killed at random, it goes on to the same report and predictions",
  async () => {
    const out = join(small.folder, "killed");
    const random = addressedRandom(SEED, "corruption");
    const delays = Array.from({ length: KILLS }, (_, i) =>
      Math.round(random.uniform(i) * (small.elapsedMs() / 2)),
    );
    const about = `GDIFF_KILL_SEED=${SEED}, killed after ${delays.join(", ")} ms`;
    const killed: boolean[] = [];
    for (const delay of delays) killed.push(await killAfter(out, delay));
    expect(killed[0], about).toBe(true);
    const done = await gdiff(small.argsFor(out));
    expect(done, about).toMatchObject({ code: 0 });
    expect(reportOf(out), about).toEqual(reportOf(small.out));
    const tables = [out, small.out].map((of) => readFileSync(join(of, "predictions.arrow")));
    expect(tables[0]?.equals(tables[1] as Buffer), about).toBe(true);
  },
  180_000,
);
