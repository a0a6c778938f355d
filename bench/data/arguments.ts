/** The command line of the readers' measurements. */

import { UsageError } from "../../src/errors.ts";
import { parseNamesAndFlags, positive, text } from "../flags.ts";

export const DATA_BENCH_NAMES = [
  "fasta-pass",
  "contig-facts",
  "windows",
  "human-size",
  "first-step",
  "workers",
] as const;
type DataBenchName = (typeof DATA_BENCH_NAMES)[number];

export const DATA_USAGE: string = `npm run -s bench -- data NAME --fasta FILE [flags]

  fasta-pass    one pass over plain and bgzip text, beside samtools, bionode-fasta and bgzip
  contig-facts  the same with SHA-256, MD5s and counts, beside samtools dict
  windows       random windows of 1,024 bases, beside pyfaidx, pysam, py2bit and twobitreader
  human-size    a FASTA with GRCh38's contig lengths is made, read and indexed; memory on the way
  first-step    from gdiff pretrain --genome of such a size, indexed and verified, to its first step
  workers       training steps with batches made in between, and ahead in 1 and 2 worker threads

  --fasta FILE       whose bases are repeated
  --megabytes 500    size of the text (all but human-size, first-step)
  --rounds 5         in turns
  --folder DIR       where files are made, and deleted (the system's temporary folder)
  --bgzip            human-size: also compressed
  --python FILE      a Python with the libraries (or GDIFF_ORACLE_PYTHON; python3)
  --json             one JSON line on stdout
`;

export interface DataBenchSettings {
  readonly name: DataBenchName;
  readonly fasta: string;
  readonly megabytes: number;
  readonly rounds: number;
  readonly folder: string | undefined;
  readonly isBgzip: boolean;
  readonly python: string;
  readonly isJson: boolean;
}

const yes = { type: "boolean", default: false } as const;
const FLAGS = {
  ...{ fasta: text, megabytes: text, rounds: text, folder: text, python: text },
  ...{ bgzip: yes, json: yes },
} as const;

/** @throws {UsageError} for what is not in DATA_USAGE */
export function parseDataArguments(argv: readonly string[]): DataBenchSettings {
  const { values, positionals } = parseNamesAndFlags(argv, FLAGS);
  const name = DATA_BENCH_NAMES.find((known) => known === positionals[0]);
  if (name === undefined || positionals.length > 1) {
    throw new UsageError(
      `expected NAME to be one of ${DATA_BENCH_NAMES.join(", ")}, got ${positionals.join(" ") || "none"}`,
    );
  }
  if (values.fasta === undefined) throw new UsageError("expected --fasta FILE, got none");
  return {
    name,
    fasta: values.fasta,
    megabytes: positive("--megabytes", values.megabytes ?? "500"),
    rounds: positive("--rounds", values.rounds ?? "5"),
    folder: values.folder,
    isBgzip: values.bgzip,
    python: values.python ?? process.env.GDIFF_ORACLE_PYTHON ?? "python3",
    isJson: values.json,
  };
}
