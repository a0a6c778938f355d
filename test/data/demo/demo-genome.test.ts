import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  DEMO_SEED,
  DEMO_SPLITS,
  type DemoContig,
  demoGenome,
  demoNats,
} from "../../../src/data/demo/demo-genome.ts";
import { demoSource } from "../../../src/data/demo/demo-source.ts";
import { backoffModel } from "../../../src/stats/backoff.ts";
import { BackoffEvidence } from "../../../src/stats/backoff-evidence.ts";
import type { BaseModel } from "../../../src/stats/base-model.ts";
import { ContextCounter } from "../../../src/stats/context-counts.ts";
import { fitBackoff } from "../../../src/stats/fit-backoff.ts";
import { markovModel } from "../../../src/stats/markov.ts";
import { encodeBases } from "../../../src/tokens/encode.ts";
import { bitsPerBase } from "../../support/bits-per-base.ts";

const { contigs, splits } = demoGenome(DEMO_SEED);
const [train, valid, test] = contigs.map(({ bases }) => encodeBases(bases)) as [
  ReturnType<typeof encodeBases>,
  ReturnType<typeof encodeBases>,
  ReturnType<typeof encodeBases>,
];
const text = ({ bases }: DemoContig, length: number) =>
  Buffer.from(bases.subarray(0, length)).toString();

const hashes = (made: readonly DemoContig[]) =>
  made.map(({ bases }) => createHash("sha256").update(bases).digest("hex"));

describe("demoGenome", () => {
  it("has three contigs, each of them a split", () => {
    expect(splits).toEqual(DEMO_SPLITS);
    const intervals = [...splits.train, ...splits.valid, ...splits.test];
    expect(
      contigs.map(({ name, bases }) => ({ contig: name, start: 0, end: bases.length })),
    ).toEqual(intervals);
  });

  it("is made of its seed alone", () => {
    expect(hashes(demoGenome(DEMO_SEED).contigs)).toEqual(hashes(contigs));
    const others = hashes(demoGenome(DEMO_SEED + 1).contigs);
    for (const hash of hashes(contigs)) expect(others).not.toContain(hash);
    // What this generator itself gave: tells that the genome changed, not that it is right.
    expect(text(contigs[2] as DemoContig, 60)).toMatchInlineSnapshot(
      `"GAAGTTACCACTGTCGACTATTCAACTAAGCATTCTCCTCCTTTTATGCAAATAAATTAG"`,
    );
  });

  it("has repeats in lower case, about half of its bases", () => {
    const softMasked = train.isSoftMasked.reduce((sum, bit) => sum + bit, 0);
    const source = demoSource();
    const inRepeats = source.stationary.reduce(
      (sum, p, i) => sum + (source.regions[i] === "repeat" ? p : 0),
      0,
    );
    expect(softMasked / train.ids.length).toBeCloseTo(inRepeats, 1);
    const repeats = source.stationary.filter((_, i) => source.regions[i] === "repeat");
    expect(repeats).toHaveLength(20);
  });
});

describe("demoNats", () => {
  it("is at least 0.10 bits per base below every order of Markov and the back-off of all", () => {
    const source = demoSource();
    const truth = demoNats(test.ids, source) / Math.LN2 / test.ids.length;
    const counter = new ContextCounter(12);
    counter.add(train.ids);
    const counts = counter.finish();
    const bits = (model: BaseModel) => bitsPerBase(model, test.ids);
    const markov = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((order) => bits(markovModel(counts, order)));
    const evidence = new BackoffEvidence(counts);
    evidence.add(valid.ids);
    const backoff = bits(backoffModel(counts, fitBackoff(evidence.byOrder())));

    expect(Math.min(...markov, backoff) - truth).toBeGreaterThan(0.1);
    // What this code itself gave: tells that they changed, not that they are right.
    expect(truth).toBeCloseTo(1.54, 2);
    expect(markov[8]).toBeCloseTo(1.735, 2);
    expect(backoff).toBeCloseTo(1.667, 2);
  });

  it("is the same number with a source that the caller keeps", () => {
    const window = test.ids.subarray(1000, 1128);
    expect(demoNats(window, demoSource())).toBe(demoNats(window));
    expect(demoNats(Uint8Array.of(4, 4))).toBeCloseTo(0, 12);
  });
});
