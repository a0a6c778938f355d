/** Options that every command with a model takes. */

import { BACKEND_NAMES, type BackendName } from "./backend-names.ts";
import type { Option } from "./option-table.ts";
import { choice, wholeNumber } from "./value-types.ts";

export const seedOption: Option<number> = {
  type: wholeNumber(),
  default: 1,
  flag: "--seed",
  help: "seed of every random draw; equal seeds give equal bytes",
};

export const backendOption: Option<BackendName> = {
  type: choice(BACKEND_NAMES),
  default: "auto",
  flag: "--backend",
  help: "what does the arithmetic; gdiff doctor lists what is here",
};
