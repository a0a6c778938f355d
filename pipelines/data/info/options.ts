/** What `gdiff data info` can be told. */

import type { ConfigLayer } from "../../../src/config/layer.ts";
import type { OptionTable } from "../../../src/config/option-table.ts";
import { resolveConfig } from "../../../src/config/resolve-config.ts";
import { targetOption } from "../target.ts";

export interface InfoConfig {
  /** A known genome, or a path. */
  readonly genome: string;
}

export const infoOptions: OptionTable<InfoConfig> = { genome: targetOption };

/** @throws {ConfigError} when no genome is given */
export function resolveInfo(layers: readonly ConfigLayer[]): InfoConfig {
  return resolveConfig(infoOptions, layers);
}
