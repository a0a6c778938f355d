/** The command line of the constraints' check, and its tables. */

import { parseFlags, positive, positives, text } from "../flags.ts";
import { formatColumns } from "../format.ts";
import type { BenchIo } from "../main.ts";
import { type ParticleLaw, particleLaw } from "./particle-law.ts";
import { countViolations, type ViolationRow } from "./violations.ts";

export const CONSTRAINTS_USAGE: string = `npm run -s bench -- constraints [flags]

  designs of every sampler under random constraints, judged by regular expressions, and how near particles come to the law
  given constraints; exits with 1 when a design breaks one

  --designs 100000     of all samplers together
  --each 40            designs of one random request
  --particles 1,2,4,8,16,32,64 --law-designs 20000
  --seed 1
  --json               one JSON line on stdout instead of tables
`;

const FLAGS = {
  ...{ designs: text, each: text, particles: text, "law-designs": text, seed: text },
  json: { type: "boolean" },
} as const;

/** Fills and judges as the command line says; returns the exit code. */
export async function runConstraintsBench(argv: readonly string[], io: BenchIo): Promise<number> {
  const { designs, each, particles, lawDesigns, seed, isJson } = parse(argv);
  const rows = await countViolations({ designs, each, seed }, (line) => io.stderr(`${line}\n`));
  const law = await particleLaw(particles, lawDesigns, seed);
  const lines = [...formatRows(rows), "", ...formatLaw(law, lawDesigns)];
  io.stdout(isJson ? `${JSON.stringify({ rows, law })}\n` : `${lines.join("\n")}\n`);
  return rows.every(({ violations }) => violations === 0) ? 0 : 1;
}

interface Asked {
  readonly designs: number;
  readonly each: number;
  readonly particles: readonly number[];
  readonly lawDesigns: number;
  readonly seed: number;
  readonly isJson: boolean;
}

/** @throws {UsageError} for what is not in CONSTRAINTS_USAGE */
function parse(argv: readonly string[]): Asked {
  const values = parseFlags(argv, FLAGS);
  return {
    designs: positive("--designs", values.designs ?? "100000"),
    each: positive("--each", values.each ?? "40"),
    particles: positives("--particles", values.particles ?? "1,2,4,8,16,32,64"),
    lawDesigns: positive("--law-designs", values["law-designs"] ?? "20000"),
    seed: positive("--seed", values.seed ?? "1"),
    isJson: values.json === true,
  };
}

function formatRows(rows: readonly ViolationRow[]): string[] {
  const sum = (of: (row: ViolationRow) => number): number =>
    rows.reduce((total, row) => total + of(row), 0);
  const cells = (row: Omit<ViolationRow, "name">): string[] =>
    [row.violations, row.designs, row.redraws, row.requests, row.refused, row.givenUp].map(String);
  return formatColumns([
    ["", "violations", "designs", "made anew", "requests", "refused", "given up"],
    ...rows.map((row) => [row.name, ...cells(row)]),
    [
      "all",
      ...cells({
        violations: sum((row) => row.violations),
        designs: sum((row) => row.designs),
        redraws: sum((row) => row.redraws),
        requests: sum((row) => row.requests),
        refused: sum((row) => row.refused),
        givenUp: sum((row) => row.givenUp),
      }),
    ],
  ]);
}

function formatLaw(
  { sequences, probability, floor, divergences }: ParticleLaw,
  designs: number,
): string[] {
  const thousandths = (bits: number): string => (1000 * bits).toFixed(1);
  return [
    `${designs} designs under a request that ${sequences} sequences keep, ${(100 * probability).toFixed(1)} % of the chain's;`,
    `Jensen–Shannon divergence from its law given the request, bits × 1000 (designs of the law itself: ${thousandths(floor)})`,
    "",
    ...formatColumns([
      ["particles", ...divergences.map(({ particles }) => String(particles))],
      ["", ...divergences.map(({ divergence }) => thousandths(divergence))],
    ]),
  ];
}
