/**
 * Gives spoiled inputs to every parser of genomes for a while, from a seed that is printed.
 *
 *     node scripts/fuzz.mjs [--minutes 10] [--seed N]
 *
 * What is wrong is printed with its input; the tests give the same parsers a few hundred inputs each time.
 */

import { join } from "node:path";
import { parseArgs } from "node:util";
import { run } from "./native/run.mjs";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, seed: { type: "string" } },
});
const seed = values.seed ?? `${Date.now() % 2 ** 31}`;
process.stderr.write(`fuzz: ${values.minutes} minutes, --seed ${seed}\n`);
const vitest = join(import.meta.dirname, "../node_modules/vitest/vitest.mjs");
run(process.execPath, [vitest, "run", "--project", "source", "test/genome/fuzz"], {
  ...process.env,
  GDIFF_FUZZ_MINUTES: values.minutes,
  GDIFF_FUZZ_SEED: seed,
});
