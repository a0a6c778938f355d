/** Presets: YAML files that ship with a pipeline and sit between the defaults and the user's own YAML. */

import { join } from "node:path";
import { packageRoot } from "../util/package-root.ts";
import type { ConfigLayer } from "./layer.ts";
import type { FlatOptions } from "./option-table.ts";
import { readYamlLayer } from "./yaml-layer.ts";

/**
 * Reads `pipelines/<pipeline>/presets/<name>.yaml` of the package; the caller has checked that the name exists.
 *
 * @throws {FileError | ConfigError} when the installed file is missing or does not fit the options
 */
export function readPreset(
  pipeline: string,
  name: string,
  options: FlatOptions,
): Promise<ConfigLayer> {
  return readYamlLayer(
    join(packageRoot(), "pipelines", pipeline, "presets", `${name}.yaml`),
    options,
  );
}
