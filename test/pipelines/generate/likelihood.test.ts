/** What a header and a table say of the likelihood of generated sequences. */

import { expect, test } from "vitest";
import type { GeneratedSequence } from "../../../pipelines/generate/generated-sequence.ts";
import { type SampleOrigin, sampleFasta } from "../../../pipelines/generate/provenance.ts";
import { sampleTable } from "../../../pipelines/generate/sample-table.ts";

const BITS = Math.LN2 * 4; // nats of a bit per base

const sequence = (nelbo?: GeneratedSequence["nelbo"]): GeneratedSequence => ({
  ...{ id: "sample-1", sample: 0, sequence: "ACGT", calls: 4, free: 4 },
  ...(nelbo === undefined ? {} : { nelbo }),
});

const origin = (likelihood?: "exact" | "bound"): SampleOrigin => ({
  ...{ run: "runs/a", step: 3, checkpointSha256: "0".repeat(64), seed: 1, settings: {} },
  ...(likelihood === undefined ? {} : { likelihood }),
});

const said = (...[sequences, from]: Parameters<typeof sampleFasta>): string | undefined =>
  sampleFasta(sequences, from).split("\n")[0]?.split(" checkpoint=000000000000")[1];

test("an exact number is not called a bound", () => {
  const made = [sequence({ nats: 1.5 * BITS })];
  expect(said(made, origin("exact"))).toBe(" bits-per-base=1.5000");
  const { columns, metadata } = sampleTable(made, origin("exact"));
  expect(columns.at(-1)).toMatchObject({ name: "nelboNats", values: Float64Array.of(1.5 * BITS) });
  expect(metadata.likelihood).toBe("exact");
});

test("a bound has the standard error of its draws", () => {
  const made = [sequence({ nats: 1.5 * BITS, standardErrorNats: 0.25 * BITS })];
  expect(said(made, origin("bound"))).toBe(" max-bits-per-base=1.5000 bits-per-base-error=0.2500");
  const { columns, metadata } = sampleTable(made, origin("bound"));
  expect(columns.slice(-2)).toMatchObject([
    { name: "nelboNats", values: Float64Array.of(1.5 * BITS) },
    { name: "nelboStandardErrorNats", values: Float64Array.of(0.25 * BITS) },
  ]);
  expect(metadata.likelihood).toBe("bound");
});

test("one draw has no standard error, and what was not scored says nothing", () => {
  expect(said([sequence({ nats: 2 * BITS })], origin("bound"))).toBe(" max-bits-per-base=2.0000");
  expect(said([sequence()], origin())).toBe("");
  expect(sampleTable([sequence()], origin()).metadata).not.toHaveProperty("likelihood");
});
