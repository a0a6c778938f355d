/** Context models on real DNA: chr20:1-10,000,000 and chr21:1-10,000,000 of GRCh38. */

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { backoffModel } from "../../src/stats/backoff.ts";
import { BackoffEvidence } from "../../src/stats/backoff-evidence.ts";
import type { BaseModel } from "../../src/stats/base-model.ts";
import { ContextCounter } from "../../src/stats/context-counts.ts";
import { fitBackoff } from "../../src/stats/fit-backoff.ts";
import { markovModel } from "../../src/stats/markov.ts";
import { encodeBases } from "../../src/tokens/encode.ts";
import { bitsPerBase } from "../support/bits-per-base.ts";
import { sharedData } from "../support/oracles.ts";

const path = sharedData("hg38/grch38.chr20_and_21_10M.fa.gz");

/** Token ids of each record, in file order. */
function readIds(fastaGz: string): Uint8Array[] {
  const records = gunzipSync(readFileSync(fastaGz)).toString("latin1").split(">").slice(1);
  return records.map((record) => {
    const bases = record.slice(record.indexOf("\n")).replaceAll("\n", "");
    return encodeBases(Buffer.from(bases, "latin1")).ids;
  });
}

it.skipIf(path === undefined)(
  "scores chr20:8,000,001-10,000,000 at 1.971, 1.917, 1.909, 1.884 bits at orders 0, 3, 5, 8 and at most 1.85 by back-off",
  () => {
    const [chr20, chr21] = readIds(path as string) as [Uint8Array, Uint8Array];
    const counter = new ContextCounter(12);
    counter.add(chr20.subarray(0, 7_000_000));
    counter.endContig();
    counter.add(chr21);
    const counts = counter.finish();
    const test = chr20.subarray(8_000_000, 10_000_000);
    const left = chr20.subarray(8_000_000 - 12, 8_000_000);
    const bits = (model: BaseModel) => bitsPerBase(model, test, left);

    // Figures of another implementation for this split, to three decimals.
    for (const [order, expected] of [
      [0, 1.971],
      [3, 1.917],
      [5, 1.909],
      [8, 1.884],
    ] as const) {
      expect(Math.abs(bits(markovModel(counts, order)) - expected)).toBeLessThan(0.002);
    }

    const evidence = new BackoffEvidence(counts);
    evidence.add(chr20.subarray(7_000_000, 8_000_000));
    expect(bits(backoffModel(counts, fitBackoff(evidence.byOrder())))).toBeLessThan(1.85);
  },
  180_000, // 8 s on an idle core
);
