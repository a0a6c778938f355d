import { describe, expect, test } from "vitest";
import { compareConfig } from "../../../pipelines/compare/options.ts";
import { ConfigError } from "../../../src/errors.ts";

describe("a configuration", () => {
  test("has defaults for all but the two files", () => {
    expect(compareConfig({ generated: "new.fa", reference: "real.fa" })).toEqual({
      generated: "new.fa",
      reference: "real.fa",
      motifPValue: 1e-4,
      replicates: 500,
      seed: 1,
      backend: "auto",
    });
  });

  test.each([
    [{ reference: "real.fa" }, "expected GENERATED, a file of sequences, got nothing"],
    [{ generated: "new.fa" }, "expected --reference, a file of real sequences, got nothing"],
    [
      { generated: "new.fa", reference: "real.fa", report: "report.pdf" },
      "expected --report to end in .html, got report.pdf (a table and JSON come beside it)",
    ],
    [
      { generated: "new.fa", reference: "real.fa", replicates: 5 },
      "compareConfig: expected replicates to be an integer from 20, got 5 (number)",
    ],
  ])("%j is refused", (part, message) => {
    expect(() => compareConfig(part)).toThrow(new ConfigError(message));
  });
});
