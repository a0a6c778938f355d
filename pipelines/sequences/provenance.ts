/** What made a table of sequences: said in its metadata, and in the summary of the command. */

import type { SelectedBackend } from "../../src/backends/select-backend.ts";
import type { ReadStrand } from "../shared-options.ts";
import type { OpenedSequences } from "./open-sequences.ts";

export interface Provenance {
  readonly run: string;
  readonly step: number;
  readonly checkpointSha256: string;
  readonly backend: SelectedBackend["name"];
  /** What products rounded their operands to. */
  readonly precision: SelectedBackend["precision"];
  /** File of the sequences, or of their intervals. */
  readonly source: string;
  readonly strand: ReadStrand;
}

/** @param run folder of the run; `loaded` is what it holds */
export function provenanceOf(
  run: string,
  { step, checkpointSha256 }: Pick<Provenance, "step" | "checkpointSha256">,
  { name: backend, precision }: Pick<SelectedBackend, "name" | "precision">,
  { name: source }: Pick<OpenedSequences, "name">,
  strand: ReadStrand,
): Provenance {
  return { run, step, checkpointSha256, backend, precision, source, strand };
}

/** The same as a table's metadata has it. */
export function provenanceText({ step, ...texts }: Provenance): Readonly<Record<string, string>> {
  return { ...texts, step: String(step) };
}
