/** The chain of the samplers' bench against the independent one of the tests, and its tables. */

import { describe, expect, test } from "vitest";
import { runBench } from "../../bench/main.ts";
import type { BiasTable } from "../../bench/samplers/bias.ts";
import {
  chainBits,
  chainDenoise,
  drawChain,
  entropyBits,
  kmerLaw,
} from "../../bench/samplers/markov-chain.ts";
import { VARIANTS } from "../../bench/samplers/variants.ts";
import type { Logits } from "../../src/diffusion/subs.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { allSequences, exactLogits, type MarkovSource, SOURCE } from "../support/markov-source.ts";
import { randomIds } from "../support/random-ids.ts";

/** The same chain, begun with its stationary distribution, which solves π = πT. */
const stationary = [0, 1, 2, 3].map((base) => 2 ** -chainBits([base]));
const source: MarkovSource = { initial: stationary, transition: SOURCE.transition };

describe("the chain", () => {
  test("is stationary", () => {
    for (const to of [0, 1, 2, 3]) {
      const next = stationary.reduce(
        (sum, p, from) => sum + p * (SOURCE.transition[from]?.[to] ?? 0),
        0,
      );
      expect(next).toBeCloseTo(stationary[to] as number, 14);
    }
  });

  test("has the posteriors of forward–backward", async () => {
    for (let seed = 1; seed < 12; seed++) {
      const row = randomIds(15, seed).map((id, i) => ((i * seed) % 4 < 2 ? MASK_ID : id % 4));
      const made = await chainDenoise(15)(row, { batch: 1, length: 15 });
      const exact = exactLogits(source, row);
      for (const [i, id] of row.entries()) {
        if (id !== MASK_ID) continue;
        const law = (logits: Logits): number[] => {
          const weights = [...logits.subarray(4 * i, 4 * i + 4)].map(Math.exp);
          return weights.map((weight) => weight / weights.reduce((sum, w) => sum + w, 0));
        };
        for (const [base, p] of law(exact).entries()) expect(law(made)[base]).toBeCloseTo(p, 12);
      }
    }
  });

  test("has a law of k-mers that adds up, in the order of their codes", () => {
    const law = kmerLaw(3);
    expect(law.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    let entropy = 0;
    for (const [code, sequence] of [...allSequences(3)].entries()) {
      const [a = 0, b = 0, c = 0] = sequence;
      const p =
        (stationary[a] ?? 0) * (SOURCE.transition[a]?.[b] ?? 0) * (SOURCE.transition[b]?.[c] ?? 0);
      expect(law[code]).toBeCloseTo(p, 14);
      entropy -= p * Math.log2(p);
    }
    expect(entropyBits(3)).toBeCloseTo(entropy / 3, 12);
  });

  test("is drawn by its transitions", () => {
    const ids = drawChain(500, 40, addressedRandom(1, "demoGenome"));
    let bits = 0;
    for (let row = 0; row < 500; row++) bits += chainBits(ids.subarray(40 * row, 40 * row + 40));
    expect(bits / ids.length).toBeCloseTo(entropyBits(40), 1);
  });
});

describe("bench samplers", () => {
  const printed = async (...args: string[]): Promise<[code: number, out: string, err: string]> => {
    const [out, err]: string[][] = [[], []];
    const code = await runBench(["samplers", ...args], {
      stdout: (text) => void out?.push(text),
      stderr: (text) => void err?.push(text),
    });
    return [code, (out ?? []).join(""), (err ?? []).join("")];
  };
  const SMALL = ["--length", "12", "--sequences", "200", "--k", "2", "--calls", "1,12"];

  test("one call is far from the law, a call a base near it, but for orders that look at what they drew", async () => {
    const [code, out] = await printed(...SMALL, "--json");
    const { rows, floor } = JSON.parse(out) as BiasTable;
    expect([code, rows.map(({ name }) => name)]).toEqual([0, VARIANTS.map(({ name }) => name)]);
    const divergence = (name: string, column: number): number =>
      rows.find((row) => row.name === name)?.distances[column]?.divergence ?? Number.NaN;
    expect(floor.divergence).toBeLessThan(0.005);
    for (const { distances } of rows) {
      const [first] = distances;
      if (first) expect(first.divergence).toBeGreaterThan(0.1);
    }
    for (const name of ["random-order", "first-hitting", "confidence entropy"])
      expect(divergence(name, 1), name).toBeLessThan(0.01);
    expect(divergence("confidence low-confidence", 1)).toBeGreaterThan(0.2);
  });

  test("prints both tables", async () => {
    const [, out] = await printed(...SMALL);
    const lines = out.split("\n");
    expect(lines[0]).toBe(
      "200 sequences of 12 bases; Jensen–Shannon divergence of their 2-mers from the law, bits × 1000",
    );
    expect(lines.filter((line) => line.startsWith("remdm loop "))).toHaveLength(2);
  });

  test("refuses what it does not know", async () => {
    const [code, out, err] = await printed("--length", "0");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(
      "bench: E_USAGE: expected --length to be a positive whole number, got 0\n",
    );
    expect(err).toContain("npm run -s bench -- samplers [flags]");
    expect((await printed("--lenght", "4"))[0]).toBe(2);
  });
});
