/** How many designs of every sampler break what was asked of them: random requests, all kinds of constraints mixed. */

import { SamplingError } from "../../src/errors.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { chainDenoise } from "../samplers/markov-chain.ts";
import { designOf, fillDesign, WAYS } from "./fill-requests.ts";
import { brokenConstraints } from "./judge.ts";
import { type DesignText, randomRequest } from "./random-request.ts";

export interface ViolationSettings {
  /** Designs of all samplers together, at least. */
  readonly designs: number;
  /** Designs of one request. */
  readonly each: number;
  readonly seed: number;
}

/** Of one way of sampling. */
export interface ViolationRow {
  readonly name: string;
  readonly designs: number;
  /** Designs that break a constraint, by the judge. */
  readonly violations: number;
  /** How often a design was made anew, as its first steps had left no way on. */
  readonly redraws: number;
  readonly requests: number;
  /** Requests that were refused as impossible. */
  readonly refused: number;
  /** Requests of which a design broke a constraint in every try, which is an error to the user. */
  readonly givenUp: number;
}

/** Longest random request, bases. */
const LONGEST = 64;

/** Fills random requests in every way; `notify` is told of each way done, and of each design that breaks a constraint. */
export async function countViolations(
  { designs, each, seed }: ViolationSettings,
  notify: (line: string) => void,
): Promise<ViolationRow[]> {
  const random = addressedRandom(seed, "demoGenome");
  const denoise = chainDenoise(LONGEST);
  const share = Math.ceil(designs / WAYS.length);
  const rows: ViolationRow[] = [];
  let number = 0;
  for (const way of WAYS) {
    const row = { designs: 0, violations: 0, redraws: 0, requests: 0, refused: 0, givenUp: 0 };
    while (row.designs < share) {
      const request = randomRequest(random, number);
      const settings = { length: request.letters.length, count: each, seed };
      const fill = { ...settings, first: number * each, calls: 8 + (number % 17) };
      number++;
      const design = designOf(request, way);
      if (design === undefined) {
        row.refused++;
        continue;
      }
      row.requests++;
      const filled = await fillDesign(design, way, denoise, fill).catch(givingUp);
      if (filled === undefined) row.givenUp++;
      for (const { ids, redraws = 0 } of filled ?? []) {
        row.designs++;
        row.redraws += redraws;
        const broken = brokenConstraints(request, decodeIds(ids));
        if (broken.length > 0) row.violations++;
        if (broken.length > 0) notify(`${decodeIds(ids)} breaks ${broken} of ${told(request)}`);
      }
    }
    rows.push({ name: way.name, ...row });
    notify(`${rows.length}/${WAYS.length} ${way.name}`);
  }
  return rows;
}

function givingUp(error: unknown): undefined {
  if (!(error instanceof SamplingError)) throw error;
}

function told({ letters, asked }: DesignText): string {
  return `${letters} ${JSON.stringify(asked)}`;
}
