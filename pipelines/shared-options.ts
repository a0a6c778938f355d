/** Options that every pipeline with a model takes. */

import { BACKEND_NAMES, type BackendName } from "../src/backends/backend-name.ts";
import { PRECISIONS, type Precision } from "../src/backends/precision.ts";
import type { Option, OptionTable } from "../src/config/option-table.ts";
import { choice, text, wholeNumber, yesOrNo } from "../src/config/value-types.ts";

/** How a sequence is read: as it is, or both strands and the mean of what is said of them. */
export const READ_STRANDS = ["forward", "average"] as const;
export type ReadStrand = (typeof READ_STRANDS)[number];

/** A backend by name, or the best that is here. */
type BackendChoice = "auto" | BackendName;

export const seedOption: Option<number> = {
  type: wholeNumber(),
  default: 1,
  flag: "--seed",
  help: "seed of every random draw; equal seeds give equal bytes",
};

/** What does the arithmetic of a pipeline with a model. */
export interface ArithmeticConfig {
  readonly backend: BackendChoice;
  /** Of products; absent is the best of the backend. */
  readonly precision?: Precision;
  /** Which GPU, for the backends that have one; absent is the first. */
  readonly device?: string;
}

export const arithmeticOptions: OptionTable<ArithmeticConfig> = {
  backend: {
    type: choice(["auto", ...BACKEND_NAMES]),
    default: "auto",
    flag: "--backend",
    help: "what does the arithmetic; gdiff doctor lists what is here",
  },
  precision: {
    type: choice(PRECISIONS),
    default: undefined,
    flag: "--precision",
    help: "of products on backend native; without it bf16 where the processor has it",
  },
  device: {
    type: text("NAME|N"),
    default: undefined,
    flag: "--device",
    isRecorded: false, // a run goes on with whatever there is then
    help: "which GPU: part of its name for webgpu; its number, or cpu, for tensorflow",
  },
};

/** That part of a configuration, for another one. */
export function arithmeticChoice({
  backend,
  precision,
  device,
}: ArithmeticConfig): ArithmeticConfig {
  return {
    backend,
    ...(precision === undefined ? {} : { precision }),
    ...(device === undefined ? {} : { device }),
  };
}

export const dryRunOption: Option<boolean> = {
  type: yesOrNo(),
  default: false,
  flag: "--dry-run",
  isRecorded: false,
  help: "check everything, say what would run, and stop",
};

/** Where a run goes, and whether it goes on there. */
export interface RunFolderConfig {
  /** Run folder to make. */
  readonly out?: string;
  /** Go on from the newest checkpoint in `out`. */
  readonly resume: boolean;
  /** Report what would run, and stop. */
  readonly dryRun: boolean;
}

export const runFolderOptions: OptionTable<RunFolderConfig> = {
  out: {
    type: text("RUN"),
    default: undefined,
    flag: "--out",
    isRecorded: false,
    help: "the run folder to make",
  },
  resume: {
    type: yesOrNo(),
    default: false,
    flag: "--resume",
    isRecorded: false,
    help: "go on from the newest checkpoint of --out, with its configuration",
  },
  dryRun: dryRunOption,
};
