/** What computes a run. Equal draws and batches on another one give parameters that differ in their last digits. */

import type { SelectedBackend } from "../../src/backends/select-backend.ts";

/** As state.json of a checkpoint holds it. */
export type Arithmetic = Readonly<Record<string, string>>;

export function arithmeticOf(backend: SelectedBackend): Arithmetic {
  const { name, precision, instructionSet, deviceName } = backend;
  return {
    ...{ backend: name, precision },
    ...(instructionSet === undefined ? {} : { instructionSet }),
    ...(deviceName === undefined ? {} : { device: deviceName }),
  };
}

/** "native, bf16, avx512bf16". */
export function formatArithmetic(arithmetic: Readonly<Record<string, string | number>>): string {
  return Object.values(arithmetic).join(", ");
}
