/** What `gdiff data fetch` can be told. */

import type { ConfigLayer } from "../../../src/config/layer.ts";
import type { OptionTable } from "../../../src/config/option-table.ts";
import { resolveConfig } from "../../../src/config/resolve-config.ts";
import { text, yesOrNo } from "../../../src/config/value-types.ts";
import { isUrl, parseRemoteUrl } from "../../../src/util/http/remote-url.ts";

export interface FetchConfig {
  /** A known genome, or a labelled set. */
  readonly genome: string;
  /** Path or https URL of a copy, instead of the publisher's: of a genome's file, or of the folder of a set. */
  readonly from?: string;
  /** Download without asking. */
  readonly yes: boolean;
}

export const fetchOptions: OptionTable<FetchConfig> = {
  genome: {
    type: text("NAME"),
    required: "NAME, one that gdiff data list shows",
    help: "a genome or a labelled set that gdiff data list shows",
  },
  from: {
    type: text("FILE|URL"),
    default: undefined,
    flag: "--from",
    help: "take this copy of a genome in any compression, or of a set's folder; it is checked as the publisher's is",
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
