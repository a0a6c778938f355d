/** The command line of the samplers' bias, and its table. */

import { parseArgs } from "node:util";
import { UsageError } from "../../src/errors.ts";
import { formatColumns } from "../format.ts";
import type { BenchIo } from "../main.ts";
import { type BiasSettings, type BiasTable, biasTable, type Distance } from "./bias.ts";

export const SAMPLERS_USAGE: string = `npm run -s bench -- samplers [flags]

  the bias of every sampler by number of calls, on a Markov chain with its exact denoiser

  --length 64 --sequences 2000 --k 6 --seed 1
  --calls 1,2,4,8,16,32,64,256
  --json               one JSON line on stdout instead of tables
`;

const text = { type: "string" } as const;
const FLAGS = {
  ...{ length: text, sequences: text, k: text, seed: text, calls: text },
  json: { type: "boolean" },
} as const;

/** Samples as the command line says, and prints two tables: divergences, and bits per base under the law. */
export async function runSamplersBench(argv: readonly string[], io: BenchIo): Promise<void> {
  const { settings, isJson } = parse(argv);
  const table = await biasTable(settings, (line) => io.stderr(`${line}\n`));
  io.stdout(isJson ? `${JSON.stringify(table)}\n` : `${formatBias(table).join("\n")}\n`);
}

/** @throws {UsageError} for what is not in SAMPLERS_USAGE */
function parse(argv: readonly string[]): { settings: BiasSettings; isJson: boolean } {
  try {
    const { values } = parseArgs({ args: [...argv], options: FLAGS, strict: true });
    const { length = "64", sequences = "2000", k = "6", seed = "1" } = values;
    const calls = (values.calls ?? "1,2,4,8,16,32,64,256").split(",");
    const settings = {
      length: positive("--length", length),
      sequences: positive("--sequences", sequences),
      k: positive("--k", k),
      seed: positive("--seed", seed),
      calls: calls.map((count) => positive("--calls", count)),
    };
    return { settings, isJson: values.json === true };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function positive(flag: string, value: string): number {
  if (/^[1-9]\d{0,6}$/.test(value)) return Number(value);
  throw new UsageError(`expected ${flag} to be a positive whole number, got ${value}`);
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
