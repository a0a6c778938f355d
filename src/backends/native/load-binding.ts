import { BackendError } from "../../errors.ts";
import { type Addon, loadAddon } from "../../util/addon/load.ts";
import type { SystemBinding } from "../../util/addon/system-binding.ts";
import type { Binding } from "./binding.ts";

/**
 * Returns the functions of the add-on, kernels included.
 *
 * @throws {BackendError | ConfigError} as `loadAddon`, and when it is an add-on without the kernels
 */
export function loadBinding(addon: Pick<Addon, "binding" | "path"> = loadAddon()): Binding {
  const { binding, path } = addon;
  if (hasKernels(binding)) return binding;
  throw new BackendError(
    `backend native: expected ${path} to have the kernels of this gdiff, but it has not (npm run build:native makes them)`,
  );
}

function hasKernels(binding: SystemBinding): binding is Binding {
  return "gemm" in binding;
}
