/** A cut generation goes on with what the same request left, and with nothing else. */

import { expect, test } from "vitest";
import { generateConfig } from "../../../pipelines/generate/options.ts";
import type { SampleOrigin } from "../../../pipelines/generate/provenance.ts";
import { requestDigest } from "../../../pipelines/generate/request-digest.ts";

const ORIGIN: SampleOrigin = {
  ...{ run: "runs/a", step: 3, checkpointSha256: "ab".repeat(32), seed: 1 },
  ...{ classifier: "runs/c", classifierSha256: "cd".repeat(32) },
  settings: { method: "random-order", label: "gc", guidance: 2, "guidance-order": "exact" },
};

const digestOf = (origin: Partial<SampleOrigin>): string =>
  requestDigest(
    generateConfig({ run: "runs/a", classifier: "runs/c", label: "gc" }),
    { ...ORIGIN, ...origin },
    { requests: [], count: 2, notices: [] },
    { backend: "cpu", precision: "fp32" },
  );

test.each<[string, Partial<SampleOrigin>]>([
  ["the classifier's checkpoint", { classifierSha256: "ef".repeat(32) }],
  ["its order", { settings: { ...ORIGIN.settings, "guidance-order": "first" } }],
  ["its strength", { settings: { ...ORIGIN.settings, guidance: 3 } }],
  ["the class", { settings: { ...ORIGIN.settings, label: "at" } }],
])("another digest decides otherwise: %s", (_, other) => {
  expect(digestOf(other)).not.toBe(digestOf({}));
});

test("where a run lies decides nothing", () => {
  expect(digestOf({ run: "elsewhere/a", classifier: "elsewhere/c" })).toBe(digestOf({}));
});
