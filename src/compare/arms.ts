/**
 * The three samples of a comparison, all of one size: generated sequences, and the reference cut into two halves that share
 * nothing. One half is what both others are compared with; the other is real DNA in the place of the generated, so that every
 * number stands beside what real DNA of the same size comes to: its floor, or its level.
 */

import { addressedRandom } from "../random/addressed.ts";
import { contentNumber } from "./content-number.ts";

export interface Arms {
  /** Token ids A0 C1 G2 T3 N4; views of the sequences that were given. */
  readonly generated: readonly Uint8Array[];
  readonly real: readonly Uint8Array[];
  readonly reference: readonly Uint8Array[];
  /** Where each arm's sequences stood in what was given. */
  readonly places: {
    readonly generated: Uint32Array;
    readonly real: Uint32Array;
    readonly reference: Uint32Array;
  };
}

/**
 * Deals sequences into arms by a seeded draw that their bases address: the order of records in a file changes nothing, and
 * of one file given twice the generated arm is the real one.
 *
 * @param reference at least two
 * @throws {RangeError} when there are too few; callers check user input before
 */
export function dealArms(
  generated: readonly Uint8Array[],
  reference: readonly Uint8Array[],
  seed: number,
): Arms {
  const size = armSize(generated.length, reference.length);
  if (size === 0) {
    throw new RangeError(
      `internal: expected a generated sequence and two of the reference, got ${generated.length} and ${reference.length}`,
    );
  }
  const random = addressedRandom(seed, "compareArms");
  const inOrder = (sequences: readonly Uint8Array[]): Uint32Array => {
    const keys = Float64Array.from(sequences, (ids) => random.uniform(contentNumber(ids)));
    const order = Uint32Array.from(sequences, (_, i) => i);
    return order.sort((a, b) => (keys[a] as number) - (keys[b] as number));
  };
  const dealt = inOrder(reference);
  const places = {
    generated: inOrder(generated).slice(-size),
    real: dealt.slice(-size),
    reference: dealt.slice(0, size),
  };
  const take = (from: readonly Uint8Array[], at: Uint32Array): Uint8Array[] =>
    Array.from(at, (place) => from[place] as Uint8Array);
  return {
    generated: take(generated, places.generated),
    real: take(reference, places.real),
    reference: take(reference, places.reference),
    places,
  };
}

/** Sequences of each arm. */
export function armSize(generated: number, reference: number): number {
  return Math.min(generated, Math.floor(reference / 2));
}
