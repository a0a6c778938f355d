/** What a set must have for the models that are to learn it; looked at before any trial. */

import { ConfigError } from "../../src/errors.ts";
import { SHORTEST_CNN_INPUT } from "../../src/model/benchmark-cnn-shapes.ts";
import type { ModelName } from "./models.ts";
import type { GivenSet } from "./set-files.ts";

/** @throws {ConfigError} naming the model that cannot read the set */
export function expectFit({ train, test }: GivenSet, models: readonly ModelName[]): void {
  const longest = [train, ...(test === undefined ? [] : [test])]
    .flatMap(({ sequences }) => sequences)
    .reduce((most, { ids }) => Math.max(most, ids.length), 0);
  if (!models.includes("cnn") || longest >= SHORTEST_CNN_INPUT) return;
  throw new ConfigError(
    `expected a sequence of ${SHORTEST_CNN_INPUT} bases or more in ${train.name} for the model cnn, got ${longest} at most (leave cnn out of --models)`,
  );
}
