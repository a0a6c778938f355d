/**
 * How far designs are from the law that they are to follow, by number of particles: the chain's law given one hard request,
 * known by enumerating every sequence.
 */

import { addressedRandom } from "../../src/random/addressed.ts";
import { jensenShannonBits } from "../../src/stats/divergence.ts";
import { BASE_COUNT } from "../../src/tokens/alphabet.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { chainBits, chainDenoise } from "../samplers/markov-chain.ts";
import { designOf, fillDesign } from "./fill-requests.ts";
import { brokenConstraints } from "./judge.ts";
import type { DesignText } from "./random-request.ts";

/** All of it six bases long, so that its sequences can be counted. */
const REQUEST: DesignText = {
  letters: "NNRNNN",
  asked: { forbid: ["CG", "TNG"], maxHomopolymer: 2, noStops: ["1"], gc: "0.3-0.5" },
};
const LENGTH = REQUEST.letters.length;

export interface ParticleLaw {
  /** Sequences that keep the request. */
  readonly sequences: number;
  /** Their probability under the chain. */
  readonly probability: number;
  /** Jensen–Shannon divergence, bits, of as many designs of the law itself. */
  readonly floor: number;
  /** One each number of particles; 1 is the sampler alone. */
  readonly divergences: readonly { readonly particles: number; readonly divergence: number }[];
}

export async function particleLaw(
  particles: readonly number[],
  designs: number,
  seed: number,
): Promise<ParticleLaw> {
  const law = conditionalLaw();
  const divergences: ParticleLaw["divergences"][number][] = [];
  for (const count of particles) {
    const way = {
      ...{ name: `particles ${count}`, sample: { method: "random-order" as const } },
      ...(count === 1 ? {} : { particles: count }),
    };
    const design = designOf(REQUEST, way);
    if (design === undefined) throw new Error("internal: expected a request that is possible");
    const settings = { length: LENGTH, first: 0, count: designs, calls: LENGTH, seed };
    const filled = await fillDesign(design, way, chainDenoise(LENGTH), settings);
    const counts = new Float64Array(law.length);
    for (const { ids } of filled) counts[codeOf(ids)] = (counts[codeOf(ids)] as number) + 1;
    divergences.push({ particles: count, divergence: jensenShannonBits(counts, law) });
  }
  const drawn = drawCounts(law, designs, seed);
  return {
    sequences: law.filter((p) => p > 0).length,
    probability: law.reduce((sum, p) => sum + p, 0),
    floor: jensenShannonBits(drawn, law),
    divergences,
  };
}

/** [4^length] probabilities under the chain, 0 where the request is not kept. */
function conditionalLaw(): Float64Array {
  return Float64Array.from({ length: BASE_COUNT ** LENGTH }, (_, code) => {
    const ids = Uint8Array.from(
      { length: LENGTH },
      (__, i) => Math.floor(code / BASE_COUNT ** (LENGTH - 1 - i)) % BASE_COUNT,
    );
    return brokenConstraints(REQUEST, decodeIds(ids)).length > 0 ? 0 : 2 ** -chainBits(ids);
  });
}

function codeOf(ids: Uint8Array): number {
  return ids.reduce((code, id) => code * BASE_COUNT + id, 0);
}

/** Histogram of as many draws of a law. */
function drawCounts(law: Float64Array, draws: number, seed: number): Float64Array {
  const random = addressedRandom(seed, "demoGenome");
  const sum = law.reduce((total, p) => total + p, 0);
  const uniforms = Float64Array.from({ length: draws }, (_, i) => sum * random.uniform(i)).sort();
  const counts = new Float64Array(law.length);
  let code = 0;
  let below = law[0] as number;
  for (const uniform of uniforms) {
    while (uniform >= below && code < law.length - 1) below += law[++code] as number;
    counts[code] = (counts[code] as number) + 1;
  }
  return counts;
}
