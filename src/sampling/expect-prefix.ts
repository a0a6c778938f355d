/** What may be kept where rows are filled from left to right: nothing behind what is free, as it could have no say in it. */

import { SamplingError } from "../errors.ts";
import { isBase, MASK_ID } from "../tokens/alphabet.ts";

/**
 * Expects no base kept behind the base, or the block, in which the first free one stands.
 *
 * @param ids [length] MASK where free
 * @param blockLength bases of a block, within which bases may be kept anywhere; absent of a model without blocks
 * @throws {SamplingError} when one is kept there
 */
export function expectPrefix(ids: Uint8Array, blockLength?: number): void {
  const first = ids.indexOf(MASK_ID);
  if (first < 0) return;
  const end = blockLength === undefined ? first + 1 : endOfBlock(first, blockLength);
  const kept = ids.findIndex((id, position) => position >= end && isBase(id));
  if (kept < 0) return;
  const [where, why, got] =
    blockLength === undefined
      ? [
          "behind a free base",
          "an autoregressive run reads from left to right",
          `kept behind the free base ${first + 1}`,
        ]
      : [
          "in a block behind a free base",
          `blocks of ${blockLength} are filled from left to right`,
          `kept and base ${first + 1} free`,
        ];
  throw new SamplingError(
    `expected nothing kept ${where}, as ${why}, got base ${kept + 1} ${got} (a run of --objective mdlm fills in anywhere)`,
  );
}

function endOfBlock(position: number, blockLength: number): number {
  return (Math.floor(position / blockLength) + 1) * blockLength;
}
