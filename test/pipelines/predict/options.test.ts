import { expect, test } from "vitest";
import { predictConfig } from "../../../pipelines/predict/options.ts";
import { ConfigError } from "../../../src/errors.ts";

test.each([
  [{}, "expected FILE, the sequences, or --bed, got neither"],
  [
    { file: "a.fa", bed: "b.bed" },
    "expected FILE, the sequences, or --bed, got both: a.fa and b.bed",
  ],
  [{ bed: "b.bed" }, "expected --genome or --fasta with --bed, got neither"],
  [
    { bed: "b.bed", genome: "hg38", fasta: "a.fa" },
    "expected --genome or --fasta with --bed, got both: hg38 and a.fa",
  ],
  [
    { file: "a.fa", fasta: "b.fa" },
    "expected --bed with --fasta, got none (sequences of a FASTA file are FILE)",
  ],
  [
    { file: "a.fa", genome: "hg38" },
    "expected --bed with --genome, got none (sequences of a FASTA file are FILE)",
  ],
  [
    { bed: "b.bed", genome: "hg38", labelColumn: "y" },
    "expected no names of columns with --bed, got y",
  ],
])("%o is refused", (data, message) => {
  expect(() => predictConfig({ run: "runs/a", data })).toThrow(new ConfigError(message));
});

test("RUN must be given; the strand is the run's own", () => {
  expect(() => predictConfig({ data: { file: "a.fa" } })).toThrow(
    new ConfigError("expected RUN, the folder of a fine-tuned run, got nothing"),
  );
  expect(predictConfig({ run: "runs/a", data: { file: "a.fa" } }).strand).toBeUndefined();
});
