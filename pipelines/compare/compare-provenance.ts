/** Where the numbers of a comparison come from. */

import type { SelectedBackend } from "../../src/backends/select-backend.ts";
import { configYaml } from "../../src/config/config-yaml.ts";
import type { DataDigest, Provenance } from "../../src/report/provenance.ts";
import { shellWord } from "../../src/util/shell-word.ts";
import { reportProvenance } from "../report-provenance.ts";
import { type CompareConfig, compareOptions } from "./options.ts";

export function compareProvenance(
  config: CompareConfig,
  data: readonly DataDigest[],
  backend: SelectedBackend | undefined,
): Provenance {
  return reportProvenance(commandLine(config), config.date, {
    config: configYaml(compareOptions, config),
    backend: backend?.name ?? "none: no network was asked",
    precision: backend?.precision,
    seconds: undefined,
    data,
  });
}

function commandLine({ generated, reference, train, run, length, report }: CompareConfig): string {
  const flags = Object.entries({ reference, train, run, length, report }).flatMap(
    ([name, value]) => (value === undefined ? [] : [`--${name}`, shellWord(String(value))]),
  );
  return ["gdiff compare", shellWord(generated), ...flags].join(" ");
}
