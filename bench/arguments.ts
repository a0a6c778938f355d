/** The command line of the measurements. */

import { UsageError } from "../src/errors.ts";
import { expectDenoiserConfig } from "../src/model/denoiser-config.ts";
import { parseNamesAndFlags, text } from "./flags.ts";
import {
  BENCH_BACKENDS,
  type BenchSettings,
  DEFAULT_SETTINGS,
  WORKLOAD_NAMES,
  type WorkloadName,
} from "./settings.ts";
import { PEER_MODES, type PeerMode } from "./versus/peer-modes.ts";

export const USAGE: string = `npm run -s bench -- NAME [flags]

  train-step | forward | gemm | attention | sample | ancestral   gdiff alone
  versus [NAME]    gdiff and PyTorch in turns on the same weights and batches (train-step)
  table            every row of the table of speeds against PyTorch, OpenBLAS and the machine's ceiling
  data NAME        readers of genomes: npm run -s bench -- data
  samplers         how far each sampler is from the law of an exact denoiser: npm run -s bench -- samplers
  labels           whether sequences made by class are of it: npm run -s bench -- labels
  constraints      designs of every sampler that break a constraint, of 100,000: npm run -s bench -- constraints

  --width 256 --layers 8 --heads 4 --length 1024 --batch 4   the model and its batch
  --calls N            sample, ancestral: calls of the network a sequence; without it one a base
  --size N             gemm: square matrices of N rows instead of the model's products
  --steps 5 --warmup 2 --threads 2
  --precision bf16|fp32    the best that the processor multiplies without it
  --backend ${BENCH_BACKENDS.join("|")}
  --json               one JSON line on stdout instead of a table
  --profile            gdiff alone on native: also time and calls of each kernel, a step
  versus, table:
  --python FILE        a Python with torch and numpy (or GDIFF_ORACLE_PYTHON; python3)
  --peer-modes LIST    of ${PEER_MODES.join(", ")}
  --rows LIST          table: only these rows
`;

const FLAGS = {
  ...{ width: text, layers: text, heads: text, length: text, batch: text, size: text },
  calls: text,
  ...{ steps: text, warmup: text, threads: text, precision: text, backend: text },
  ...{ python: text, "peer-modes": text, rows: text },
  json: { type: "boolean" },
  profile: { type: "boolean" },
} as const;

export interface VersusOptions {
  readonly python?: string;
  readonly peerModes?: readonly PeerMode[];
}

export type BenchCommand = { readonly isJson: boolean; readonly settings: BenchSettings } & (
  | { readonly command: "measure"; readonly workload: WorkloadName; readonly isProfiled: boolean }
  | { readonly command: "versus"; readonly workload: WorkloadName; readonly versus: VersusOptions }
  | { readonly command: "table"; readonly rows?: readonly string[]; readonly versus: VersusOptions }
);

type Flags = { readonly [K in keyof typeof FLAGS]?: string | boolean | undefined };

/** @throws {UsageError} for what is not in USAGE */
export function parseBenchArguments(argv: readonly string[]): BenchCommand {
  const { values, positionals } = parseNamesAndFlags(argv, FLAGS);
  const settings = settingsOf(values);
  const shared = { isJson: values.json === true, settings };
  const [name, workload = "train-step", extra] = positionals;
  if (extra !== undefined) throw new UsageError(`expected no argument after NAME, got ${extra}`);
  if (name === "versus") {
    const named = oneOf("the NAME after versus", WORKLOAD_NAMES, workload);
    return { ...shared, command: "versus", workload: named, versus: versusOptions(values) };
  }
  if (positionals.length > 1) {
    throw new UsageError(`expected no argument after ${name}, got ${workload}`);
  }
  if (name === "table") {
    const rows = values.rows === undefined ? {} : { rows: listOf(values.rows) };
    return { ...shared, ...rows, command: "table", versus: versusOptions(values) };
  }
  const names = [...WORKLOAD_NAMES, "versus", "table"];
  const measured = WORKLOAD_NAMES.find((known) => known === name);
  if (measured === undefined)
    throw new UsageError(`expected NAME to be one of ${names.join(", ")}, got ${name ?? "none"}`);
  const isProfiled = values.profile === true;
  return { ...shared, command: "measure", workload: measured, isProfiled };
}

function settingsOf(values: Flags): BenchSettings {
  const defaults = DEFAULT_SETTINGS;
  const count = (name: "width" | "layers" | "heads" | "length" | "batch" | "steps" | "threads") =>
    wholeNumber(name, values[name], 1) ?? defaults[name];
  const { precision } = values;
  const size = wholeNumber("size", values.size, 1);
  const calls = wholeNumber("calls", values.calls, 1);
  const settings: BenchSettings = {
    width: count("width"),
    layers: count("layers"),
    heads: count("heads"),
    length: count("length"),
    batch: count("batch"),
    steps: count("steps"),
    warmup: wholeNumber("warmup", values.warmup, 0) ?? defaults.warmup,
    threads: count("threads"),
    backend: oneOf("--backend", BENCH_BACKENDS, values.backend ?? defaults.backend),
    ...(precision === undefined
      ? {}
      : { precision: oneOf("--precision", ["bf16", "fp32"] as const, precision) }),
    ...(size === undefined ? {} : { size }),
    ...(calls === undefined ? {} : { calls }),
  };
  expectDenoiserConfig(settings);
  return settings;
}

function wholeNumber(name: string, text: string | boolean | undefined, least: number) {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(String(text)) && value >= least && Number.isSafeInteger(value)) return value;
  throw new UsageError(`expected --${name} to be a whole number from ${least}, got ${text}`);
}

function oneOf<T extends string>(what: string, known: readonly T[], value: string | boolean): T {
  const found = known.find((each) => each === value);
  if (found !== undefined) return found;
  throw new UsageError(`expected ${what} to be one of ${known.join(", ")}, got ${value}`);
}

const listOf = (text: string | boolean): string[] => String(text).split(",");

function versusOptions(values: Flags): VersusOptions {
  const { python, "peer-modes": modes } = values;
  return {
    ...(python === undefined ? {} : { python: String(python) }),
    ...(modes === undefined
      ? {}
      : { peerModes: listOf(modes).map((mode) => oneOf("--peer-modes", PEER_MODES, mode)) }),
  };
}
