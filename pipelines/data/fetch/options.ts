/** What `gdiff data fetch` can be told. */

import type { ConfigLayer } from "../../../src/config/layer.ts";
import type { OptionTable } from "../../../src/config/option-table.ts";
import { resolveConfig } from "../../../src/config/resolve-config.ts";
import { text, yesOrNo } from "../../../src/config/value-types.ts";
import { isUrl, parseRemoteUrl } from "../../../src/util/http/remote-url.ts";

export interface FetchConfig {
  /** A known genome. */
  readonly genome: string;
  /** Path or https URL of a copy, instead of the publisher's file. */
  readonly from?: string;
  /** Download without asking. */
  readonly yes: boolean;
}

export const fetchOptions: OptionTable<FetchConfig> = {
  genome: {
    type: text("GENOME"),
    required: "GENOME, a name that gdiff data list shows",
    help: "a name that gdiff data list shows",
  },
  from: {
    type: text("FILE|URL"),
    default: undefined,
    flag: "--from",
    help: "take this copy, in any compression; its bases are checked as the publisher's are",
  },
  yes: {
    type: yesOrNo(),
    default: false,
    flag: "--yes",
    help: "download without asking",
  },
};

/**
 * @throws {ConfigError} when no genome is given
 * @throws {UsageError} when --from is a URL that is none to read from
 */
export function resolveFetch(layers: readonly ConfigLayer[]): FetchConfig {
  const config = resolveConfig(fetchOptions, layers);
  if (config.from !== undefined && isUrl(config.from)) parseRemoteUrl(config.from);
  return config;
}
