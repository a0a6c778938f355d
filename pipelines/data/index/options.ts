/** What `gdiff data index` can be told. */

import type { ConfigLayer } from "../../../src/config/layer.ts";
import type { OptionTable } from "../../../src/config/option-table.ts";
import { resolveConfig } from "../../../src/config/resolve-config.ts";
import { text } from "../../../src/config/value-types.ts";
import { targetOption } from "../target.ts";

export interface IndexConfig {
  /** A known genome, or a path. */
  readonly genome: string;
  /** Path of a bgzip copy, instead of the file's own. */
  readonly out?: string;
}

export const indexOptions: OptionTable<IndexConfig> = {
  genome: targetOption,
  out: {
    type: text("FILE"),
    default: undefined,
    flag: "--out",
    help: "write a bgzip copy there and index that; the file stays as it is",
  },
};

/** @throws {ConfigError} when no genome is given */
export function resolveIndex(layers: readonly ConfigLayer[]): IndexConfig {
  return resolveConfig(indexOptions, layers);
}
