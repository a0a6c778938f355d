/**
 * Guidance by a classifier: discrete classifier-based guidance (D-CBG, arXiv:2412.10193), exact and to first order. A base v at
 * a masked position is drawn by
 *
 *     p(v | z) · p(y | z with v there)^strength,
 *
 * p(y | ·) a classifier that was trained on rows with masked bases. With strength 1, one position a call, an order that looks at no
 * base, and a classifier and a denoiser that are exact, this is Bayes' rule at every draw, and rows follow p(x | y) exactly.
 *
 * The paper multiplies the probability that a position stays masked by p(y | z) as well. Here it is left alone: which positions
 * are revealed is the sampler's own decision, and most samplers count them. With strength 1 and an exact classifier it makes no
 * difference, as the sum of p(v | z) · p(y | z with v) over v is p(y | z), so that a position stays masked as often as without.
 */

import type { Denoise, DenoiseShape } from "../diffusion/denoise.ts";
import { BASE_COUNT, MASK_ID, VOCAB_SIZE } from "../tokens/alphabet.ts";
import { tiltBases } from "./tilt-bases.ts";

/** Rows of one length, which may have masked bases. */
export interface ClassifiedShape {
  readonly batch: number;
  readonly length: number;
}

/** log p(y | row) of every class, [batch, classes], nats, from ids [batch, length]; a row's depend on nothing but its ids. */
export type ClassLogProbabilities = (
  ids: Uint8Array,
  shape: ClassifiedShape,
) => Promise<Float64Array>;

/** Gradient of log p(label | row) by the row's one-hot ids, [batch, length, vocab], nats; a row's depends on its ids alone. */
export type ClassLogGradient = (
  ids: Uint8Array,
  shape: ClassifiedShape,
  label: number,
) => Promise<Float32Array | Float64Array>;

export interface ClassifierGuidance {
  /** The class, as the classifier counts it. */
  readonly label: number;
  /** Exponent of p(y | ·); 0 is not guided, and asks no classifier. */
  readonly strength: number;
}

/** Most bases in one call of the classifier. */
const MOST_BASES = 2 ** 18;

/**
 * Returns a denoiser guided by what the classifier says of every candidate: four rows a masked position whose logits are
 * wanted. A sampler that draws its order before it looks asks for those that it reveals, four rows a base of the sample in all
 * its calls together; one that looks at every masked position asks for all of them in each.
 *
 * @throws {RangeError} when rows are padded
 */
export function guidedByClassifier(
  denoise: Denoise,
  classify: ClassLogProbabilities,
  { label, strength }: ClassifierGuidance,
): Denoise {
  if (strength === 0) return denoise;
  return async (ids, shape) => {
    const logits = Float64Array.from(await denoise(ids, shape));
    const { length } = shape;
    const places = maskedPlaces(ids, shape);
    const atOnce = Math.max(1, Math.floor(MOST_BASES / (BASE_COUNT * length)));
    for (let first = 0; first < places.length; first += atOnce) {
      const part = places.slice(first, first + atOnce);
      const batch = part.length * BASE_COUNT;
      const logProbs = await classify(candidates(ids, length, part), { batch, length });
      const classes = logProbs.length / batch;
      for (const [i, place] of part.entries()) {
        const ofBase = (base: number): number =>
          logProbs[(i * BASE_COUNT + base) * classes + label] as number;
        tiltBases(logits, place, logits.length / ids.length, (base) => strength * ofBase(base));
      }
    }
    return logits;
  };
}

/**
 * The same by one gradient a call: log p(y | z with v) ≈ log p(y | z) + g(v) − g(MASK), g the gradient at the position, as
 * arXiv:2102.04509 estimates differences. It is exact where log p(y | ·) is linear in the one-hot ids, and the further off the
 * more one base changes.
 *
 * @throws {RangeError} when rows are padded
 */
export function guidedByGradient(
  denoise: Denoise,
  gradient: ClassLogGradient,
  { label, strength }: ClassifierGuidance,
): Denoise {
  if (strength === 0) return denoise;
  return async (ids, shape) => {
    const logits = Float64Array.from(await denoise(ids, shape));
    const { batch, length } = shape;
    const slopes = await gradient(ids, { batch, length }, label);
    const slope = (place: number, id: number): number => slopes[place * VOCAB_SIZE + id] as number;
    for (const place of maskedPlaces(ids, shape)) {
      tiltBases(
        logits,
        place,
        logits.length / ids.length,
        (base) => strength * (slope(place, base) - slope(place, MASK_ID)),
      );
    }
    return logits;
  };
}

/** Masked positions that are wanted, counted through the whole batch. */
function maskedPlaces(
  ids: Uint8Array,
  { batch, length, lengths, wanted }: DenoiseShape,
): readonly number[] {
  if (lengths !== undefined) {
    throw new RangeError("internal: expected rows of one length to guide, got padded ones");
  }
  const places =
    wanted === undefined
      ? Array.from({ length: batch * length }, (_, place) => place)
      : wanted.flatMap((positions, row) => positions.map((position) => row * length + position));
  return places.filter((place) => ids[place] === MASK_ID);
}

/** Four rows a place: its row with each base there. */
function candidates(ids: Uint8Array, length: number, places: readonly number[]): Uint8Array {
  const rows = new Uint8Array(places.length * BASE_COUNT * length);
  for (const [i, place] of places.entries()) {
    const start = place - (place % length);
    for (let base = 0; base < BASE_COUNT; base++) {
      const at = (i * BASE_COUNT + base) * length;
      rows.set(ids.subarray(start, start + length), at);
      rows[at + place - start] = base;
    }
  }
  return rows;
}
