import { expect } from "vitest";

/** The sequences of FASTA text with one line a sequence, by id. */
export function sequencesOf(fasta: string): Record<string, string> {
  const lines = fasta.trimEnd().split("\n");
  expect(lines.length % 2).toBe(0);
  const records = Array.from({ length: lines.length / 2 }, (_, i) => lines.slice(2 * i, 2 * i + 2));
  return Object.fromEntries(
    records.map(([header = "", bases = ""]) => [header.split(" ")[0]?.slice(1), bases]),
  );
}
