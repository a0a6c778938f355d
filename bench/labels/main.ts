/** The command line of class control, and its table. */

import { UsageError } from "../../src/errors.ts";
import { wilsonInterval } from "../../src/stats/uncertainty/wilson.ts";
import { parseFlags, positive, text } from "../flags.ts";
import { formatColumns } from "../format.ts";
import type { BenchIo } from "../main.ts";
import { type LabelSettings, type LabelTable, labelTable } from "./label-table.ts";

export const LABELS_USAGE: string = `npm run -s bench -- labels --run RUN [flags]

  whether sequences that a run of gdiff pretrain --labels FILE made by class are of that class

  --sequences 200 --seed 1
  --guidance 0,1,2,4
  --calls N            a sequence; without it one a base
  --json               one JSON line on stdout instead of a table
`;

const FLAGS = {
  ...{ run: text, sequences: text, seed: text, guidance: text, calls: text },
  json: { type: "boolean" },
} as const;

export async function runLabelsBench(argv: readonly string[], io: BenchIo): Promise<void> {
  const { settings, isJson } = parse(argv);
  const table = await labelTable(settings, (line) => io.stderr(`${line}\n`));
  io.stdout(isJson ? `${JSON.stringify(table)}\n` : `${formatLabels(table).join("\n")}\n`);
}

/** @throws {UsageError} for what is not in LABELS_USAGE */
function parse(argv: readonly string[]): { settings: LabelSettings; isJson: boolean } {
  const given = parseFlags(argv, FLAGS);
  const { run, sequences = "200", seed = "1", guidance = "0,1,2,4", calls, json } = given;
  if (run === undefined) throw new UsageError("expected --run RUN, got none");
  const settings = {
    run,
    sequences: positive("--sequences", sequences),
    seed: number("--seed", seed, /^\d{1,9}$/),
    guidance: guidance.split(",").map((one) => number("--guidance", one, /^\d+(\.\d+)?$/)),
    calls: calls === undefined ? undefined : positive("--calls", calls),
  };
  return { settings, isJson: json === true };
}

function number(flag: string, value: string, pattern: RegExp): number {
  if (pattern.test(value)) return Number(value);
  throw new UsageError(`expected ${flag} to be a number, got ${value}`);
}

function formatLabels({ classes, train, heldOut, rows }: LabelTable): string[] {
  const named = (sizes: readonly number[]): string =>
    classes.map((name, label) => `${sizes[label]} ${name}`).join(", ");
  return [
    `learnt from ${named(train)}; judged by 6-mers of ${named(heldOut)} that were held out`,
    "the share judged as asked, all and by class",
    "",
    ...formatColumns([
      ["", "sequences", "as asked", "95 %", ...classes],
      ...rows.map(({ name, judged }) => {
        const counts = judged.map((row) => row.reduce((sum, one) => sum + one, 0));
        const hits = judged.map((row, label) => row[label] as number);
        const [all, right] = [counts, hits].map((list) => list.reduce((sum, one) => sum + one, 0));
        const { low, high } = wilsonInterval(right as number, all as number);
        return [
          name,
          String(all),
          ((right as number) / (all as number)).toFixed(3),
          `${low.toFixed(3)}–${high.toFixed(3)}`,
          ...hits.map((one, label) => (one / (counts[label] as number)).toFixed(3)),
        ];
      }),
    ]),
  ];
}
