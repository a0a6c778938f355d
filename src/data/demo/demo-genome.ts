/** The built-in genome: three contigs drawn from the built-in source, and the exact −log p of any of its windows. */

import { addressedRandom } from "../../random/addressed.ts";
import type { Splits } from "../splits.ts";
import { type DemoSource, demoSource } from "./demo-source.ts";
import { forwardNats, type HiddenMarkovSequence, sampleHiddenMarkov } from "./hidden-markov.ts";

/** One contig; lower case (soft-masked) where the hidden state is in a repeat. */
export interface DemoContig {
  readonly name: string;
  /** ASCII A C G T a c g t */
  readonly bases: Uint8Array;
}

export interface DemoGenome {
  readonly contigs: readonly DemoContig[];
  readonly splits: Splits;
}

/** Contigs are drawn independently of each other, so no split tells of another. */
export const DEMO_SPLITS: Splits = {
  train: [{ contig: "demo1", start: 0, end: 1_000_000 }],
  valid: [{ contig: "demo2", start: 0, end: 100_000 }],
  test: [{ contig: "demo3", start: 0, end: 100_000 }],
};

/** Seed of the genome that `--genome demo` names. */
export const DEMO_SEED = 1;

const UPPER = new TextEncoder().encode("ACGT");
const CASE_BIT = 0x20;

/** Draws the genome of `seed`, 1,200,000 bases; takes about 0.2 s. */
export function demoGenome(seed: number): DemoGenome {
  const source = demoSource();
  const isRepeat = source.regions.map((region) => region === "repeat");
  const random = addressedRandom(seed, "demoGenome");
  const whole = [...DEMO_SPLITS.train, ...DEMO_SPLITS.valid, ...DEMO_SPLITS.test];
  const contigs = whole.map(({ contig, end }, example) => {
    const drawn = sampleHiddenMarkov(source, end, (step, position) =>
      random.uniform(example, step, position),
    );
    return { name: contig, bases: asciiBases(drawn, isRepeat) };
  });
  return { contigs, splits: DEMO_SPLITS };
}

function asciiBases(
  { ids, states }: HiddenMarkovSequence,
  isRepeat: readonly boolean[],
): Uint8Array {
  return ids.map((id, i) => {
    const upper = UPPER[id] as number;
    return isRepeat[states[i] as number] ? upper | CASE_BIT : upper;
  });
}

/**
 * Returns −ln P(ids), exact, of a window anywhere in a built-in genome of any seed; no model has fewer nats on average.
 *
 * @param ids token ids; N and MASK are unknown bases, summed over
 * @param source made anew, in about a millisecond, unless the caller keeps one
 */
export function demoNats(ids: Uint8Array, source: DemoSource = demoSource()): number {
  return forwardNats(source, ids);
}
