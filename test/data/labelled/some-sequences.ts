/** Token ids for property tests: sequences that share stretches, on both strands, more often than chance has it. */

import fc from "fast-check";
import { reverseComplementIds } from "../../../src/tokens/complement.ts";
import { randomIds } from "../../support/random-ids.ts";

/** Up to `count` sequences of up to `most` bases, cut from one text or made anew. */
export function someSequences(count: number, most: number): fc.Arbitrary<Uint8Array[]> {
  return fc
    .tuple(
      fc.nat(2 ** 30),
      fc.array(
        fc.record({
          isCut: fc.boolean(),
          isReversed: fc.boolean(),
          at: fc.nat(10 * most),
          length: fc.nat(most),
          seed: fc.nat(2 ** 30),
        }),
        { maxLength: count },
      ),
    )
    .map(([seed, pieces]) => {
      const text = randomIds(11 * most, seed, 0.01);
      return pieces.map(({ isCut, isReversed, at, length, seed: own }) => {
        const ids = isCut ? text.slice(at, at + length) : randomIds(length, own, 0.01);
        return isReversed ? reverseComplementIds(ids) : ids;
      });
    });
}
