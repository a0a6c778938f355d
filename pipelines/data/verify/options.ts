/** What `gdiff data verify` can be told. */

import type { ConfigLayer } from "../../../src/config/layer.ts";
import type { OptionTable } from "../../../src/config/option-table.ts";
import { resolveConfig } from "../../../src/config/resolve-config.ts";
import { targetOption } from "../target.ts";

export interface VerifyConfig {
  /** A known genome, or a path. */
  readonly genome: string;
}

export const verifyOptions: OptionTable<VerifyConfig> = { genome: targetOption };

/** @throws {ConfigError} when no genome is given */
export function resolveVerify(layers: readonly ConfigLayer[]): VerifyConfig {
  return resolveConfig(verifyOptions, layers);
}
