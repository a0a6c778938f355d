/** What `gdiff doctor` is asked. */

import type { ConfigLayer } from "../../src/config/layer.ts";
import type { OptionTable } from "../../src/config/option-table.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { choice, text, yesOrNo } from "../../src/config/value-types.ts";

export interface DoctorConfig {
  /** Start no backend: what is installed, and no figures. */
  readonly quick: boolean;
  /** Which GPU is measured: part of its name for webgpu, its number for tensorflow. */
  readonly device?: string;
  /** Print how to build a backend's add-on instead. */
  readonly explain?: "tensorflow";
}

export const doctorOptions: OptionTable<DoctorConfig> = {
  quick: {
    type: yesOrNo(),
    default: false,
    flag: "--quick",
    help: "what is installed, without starting and measuring it",
  },
  device: {
    type: text("NAME|N"),
    default: undefined,
    flag: "--device",
    help: "which GPU to measure: part of its name for webgpu; its number, or cpu, for tensorflow",
  },
  explain: {
    type: choice(["tensorflow"]),
    default: undefined,
    flag: "--explain",
    help: "print a script that builds its add-on with a TensorFlow that is on this machine",
  },
};

/** Returns the configuration that the layers make, the last on top. */
export function resolveDoctor(layers: readonly ConfigLayer[]): DoctorConfig {
  return resolveConfig(doctorOptions, layers);
}
