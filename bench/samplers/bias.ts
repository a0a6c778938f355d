/**
 * How far the samples of each method are from the law of their exact denoiser, by number of calls. The denoiser makes no
 * error, so all of the distance is the sampler's, but for the floor that as many sequences of the law itself have.
 */

import { METHODS } from "../../pipelines/generate/methods.ts";
import { generateConfig } from "../../pipelines/generate/options.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { samplerRandom } from "../../src/sampling/sampler-random.ts";
import { samplersOf } from "../../src/sampling/samplers-of.ts";
import { jensenShannonBits } from "../../src/stats/divergence.ts";
import { BASE_COUNT } from "../../src/tokens/alphabet.ts";
import { chainBits, chainDenoise, drawChain, entropyBits, kmerLaw } from "./markov-chain.ts";
import { maskedRows } from "./masked-rows.ts";
import { VARIANTS } from "./variants.ts";

export interface BiasSettings {
  /** Bases of a sequence. */
  readonly length: number;
  readonly sequences: number;
  readonly k: number;
  readonly calls: readonly number[];
  readonly seed: number;
}

/** Of some sequences. */
export interface Distance {
  /** Jensen–Shannon divergence of their k-mers from the law's, bits. */
  readonly divergence: number;
  /** −log₂ p under the law, a base; below its entropy the sequences are likelier than those of the law. */
  readonly bitsPerBase: number;
}

export interface BiasRow {
  readonly name: string;
  /** One each number of calls; null where the method makes as many as it wants. */
  readonly distances: readonly (Distance | null)[];
}

export interface BiasTable {
  readonly settings: BiasSettings;
  /** Sequences of the law itself. */
  readonly floor: Distance;
  /** Of the law, bits per base. */
  readonly entropy: number;
  readonly rows: readonly BiasRow[];
}

/** Samples every variant at every number of calls; `notify` is told of each variant done. */
export async function biasTable(
  settings: BiasSettings,
  notify: (line: string) => void,
): Promise<BiasTable> {
  const { length, sequences, calls, seed } = settings;
  const denoise = chainDenoise(length);
  const random = samplerRandom(seed);
  const batch = maskedRows(sequences, length, 0);
  const rows: BiasRow[] = [];
  for (const { name, sample } of VARIANTS) {
    const config = { ...generateConfig({ run: "none", sample }).sample, method: sample.method };
    const method = METHODS[sample.method];
    const sampler = method.bind(samplersOf("mdlm"), config, { window: length });
    const distances: (Distance | null)[] = [];
    for (const count of calls) {
      const isOwn = !method.takesCalls && count !== length;
      const made = isOwn ? undefined : await sampler(denoise, batch, count, random);
      distances.push(made === undefined ? null : distanceOf(made, settings));
    }
    rows.push({ name, distances });
    notify(`${rows.length}/${VARIANTS.length} ${name}`);
  }
  const own = drawChain(sequences, length, addressedRandom(seed, "demoGenome"));
  return { settings, floor: distanceOf(own, settings), entropy: entropyBits(length), rows };
}

function distanceOf(ids: Uint8Array, { length, k }: BiasSettings): Distance {
  const counts = new Float64Array(BASE_COUNT ** k);
  let bits = 0;
  for (let start = 0; start < ids.length; start += length) {
    bits += chainBits(ids.subarray(start, start + length));
    let code = 0;
    for (let i = 0; i < length; i++) {
      code = (code * BASE_COUNT + (ids[start + i] as number)) % counts.length;
      if (i >= k - 1) counts[code] = (counts[code] as number) + 1;
    }
  }
  return {
    divergence: jensenShannonBits(counts, kmerLaw(k)),
    bitsPerBase: bits / ids.length,
  };
}
