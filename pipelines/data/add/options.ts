/** What `gdiff data add` can be told. */

import type { ConfigLayer } from "../../../src/config/layer.ts";
import type { OptionTable } from "../../../src/config/option-table.ts";
import { resolveConfig } from "../../../src/config/resolve-config.ts";
import { text } from "../../../src/config/value-types.ts";

export interface AddConfig {
  /** Path of the manifest. */
  readonly manifest: string;
}

export const addOptions: OptionTable<AddConfig> = {
  manifest: {
    type: text("FILE"),
    required: "FILE, the manifest of a genome",
    help: "JSON as data/manifests/schema/genome.schema.json describes it",
  },
};

/** @throws {ConfigError} when no file is given */
export function resolveAdd(layers: readonly ConfigLayer[]): AddConfig {
  return resolveConfig(addOptions, layers);
}
