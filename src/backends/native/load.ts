/** The only loader of the add-on. */

import { createRequire } from "node:module";
import { join } from "node:path";
import { packageRoot } from "../../config/package-root.ts";
import { BackendError } from "../../errors.ts";
import type { Binding } from "./binding.ts";

/** @throws {BackendError} when no add-on is found, saying what was looked for and what to run */
export function loadBinding(): Binding {
  const path = join(packageRoot(), "native", "build", "gdiff.node");
  try {
    return createRequire(import.meta.url)(path) as Binding;
  } catch (error) {
    throw new BackendError(
      `backend native is not there: expected ${path}. In a checkout, npm run build:native makes it (it needs a C++ compiler); or use --backend wasm`,
      { cause: error },
    );
  }
}
