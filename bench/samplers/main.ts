/** The command line of the samplers' bias, and its table. */

import { UsageError } from "../../src/errors.ts";
import { parseFlags, positive, positives, text } from "../flags.ts";
import { formatColumns } from "../format.ts";
import type { BenchIo } from "../main.ts";
import { type BiasSettings, type BiasTable, biasTable, type Distance } from "./bias.ts";
import { formatReal } from "./format-real.ts";
import { type RealRow, type RealSettings, realRows } from "./real-dna.ts";
import type { Split } from "./run-windows.ts";
import { VARIANTS, type Variant } from "./variants.ts";

export const SAMPLERS_USAGE: string = `npm run -s bench -- samplers [flags]

  the bias of every sampler by number of calls, on a Markov chain with its exact denoiser

  --length 64 --sequences 2000 --k 6 --seed 1
  --calls 1,2,4,8,16,32,64,256

  with --run, samples of a trained run beside real windows, by 6-mers, a discriminator and G+C

  --run RUN --sequences 500 --seed 1
  --calls 32,128,256
  --reference test     or train: whose windows
  --only NAMES         of "random-order", "ancestral", "remdm cap", …; without it all

  --json               one JSON line on stdout instead of tables
`;

const FLAGS = {
  ...{
    length: text,
    sequences: text,
    k: text,
    seed: text,
    calls: text,
    run: text,
    only: text,
    reference: text,
  },
  json: { type: "boolean" },
} as const;

/** Samples as the command line says, and prints what came of it. */
export async function runSamplersBench(argv: readonly string[], io: BenchIo): Promise<void> {
  const { settings, real, isJson } = parse(argv);
  if (real !== undefined) {
    const rows: RealRow[] = [];
    await realRows(real, (row) => {
      rows.push(row);
      io.stderr(`${formatReal(real, [row]).at(-1)}\n`); // a run that is stopped has said this much
    });
    const lines = formatReal(real, rows);
    io.stdout(isJson ? `${JSON.stringify(rows)}\n` : `${lines.join("\n")}\n`);
    return;
  }
  const table = await biasTable(settings, (line) => io.stderr(`${line}\n`));
  io.stdout(isJson ? `${JSON.stringify(table)}\n` : `${formatBias(table).join("\n")}\n`);
}

type Asked = { readonly isJson: boolean } & (
  | { readonly settings: BiasSettings; readonly real: undefined }
  | { readonly settings: undefined; readonly real: RealSettings }
);

/** @throws {UsageError} for what is not in SAMPLERS_USAGE */
function parse(argv: readonly string[]): Asked {
  const values = parseFlags(argv, FLAGS);
  const { run, length = "64", k = "6" } = values;
  const { sequences = run === undefined ? "2000" : "500", seed = "1" } = values;
  const { calls = run === undefined ? "1,2,4,8,16,32,64,256" : "32,128,256" } = values;
  const shared = {
    sequences: positive("--sequences", sequences),
    seed: positive("--seed", seed),
    calls: positives("--calls", calls),
  };
  const isJson = values.json === true;
  const sizes = { length: positive("--length", length), k: positive("--k", k) };
  if (run === undefined) return { settings: { ...shared, ...sizes }, real: undefined, isJson };
  return {
    settings: undefined,
    real: { ...shared, run, reference: split(values.reference), variants: named(values.only) },
    isJson,
  };
}

function split(name = "test"): Split {
  if (name === "test" || name === "train") return name;
  throw new UsageError(`expected --reference of test or train, got ${name}`);
}

function named(only: string | undefined): readonly Variant[] {
  return only === undefined ? VARIANTS : only.split(",").map(variantOf);
}

function variantOf(name: string): Variant {
  const found = VARIANTS.find((variant) => variant.name === name);
  if (found !== undefined) return found;
  const known = VARIANTS.map((variant) => variant.name).join(", ");
  throw new UsageError(`expected --only to name some of ${known}; got ${name}`);
}

function formatBias({ settings, floor, entropy, rows }: BiasTable): string[] {
  const { length, sequences, k, calls } = settings;
  const cells = (of: (distance: Distance) => string): string[] =>
    formatColumns([
      ["calls", ...calls.map(String)],
      ...rows.map(({ name, distances }) => [
        name,
        ...distances.map((distance) => (distance === null ? "" : of(distance))),
      ]),
    ]);
  return [
    `${sequences} sequences of ${length} bases; Jensen–Shannon divergence of their ${k}-mers from the law, bits × 1000`,
    `(sequences of the law itself: ${thousandths(floor)})`,
    "",
    ...cells(thousandths),
    "",
    "bits per base under the law, mean " +
      `(entropy of the law ${entropy.toFixed(3)}; its own sequences ${floor.bitsPerBase.toFixed(3)})`,
    "",
    ...cells(({ bitsPerBase }) => bitsPerBase.toFixed(3)),
  ];
}

function thousandths({ divergence }: Distance): string {
  return (1000 * divergence).toFixed(1);
}
