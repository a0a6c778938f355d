/** Requests by chance, in the texts of the command line: what a design of some bases has to be, all kinds mixed. */

import type { Constraints } from "../../pipelines/generate/constraints/options.ts";
import type { AddressedRandom } from "../../src/random/addressed.ts";

/** What is asked of one design. */
export interface DesignText {
  /** One IUPAC letter a position; N where nothing is asked, a base where it is kept. */
  readonly letters: string;
  readonly asked: Constraints;
}

const ENZYMES = ["EcoRI", "BamHI", "BsaI", "BsmBI", "HindIII", "NotI", "TaqI", "MboI", "BstEII"];
const AMBIGUOUS = "ACGTRYSWKMBDHVN";
const FRAMES = ["1", "2", "3", "-1", "-2", "-3"];

/** Draws the request of a number, of 20 to 49 bases; it may be impossible. */
export function randomRequest(random: AddressedRandom, number: number): DesignText {
  let step = 0;
  const below = (bound: number): number => random.integer(bound, number, step++);
  const isChosen = (): boolean => below(2) === 1;
  const pick = <T>(values: ArrayLike<T>): T => values[below(values.length)] as T;
  const word = (size: number, letters: string): string =>
    Array.from({ length: size }, () => pick(letters)).join("");
  const length = 20 + below(30);
  const site = (): string => (isChosen() ? pick(ENZYMES) : word(3 + below(4), AMBIGUOUS));
  const insert = (): string => {
    const motif = word(3 + below(5), "ACGTACGTRYSWN");
    const near = isChosen() ? `~${1 + below(8)}` : "";
    return `${motif}@${1 + below(length - motif.length)}${near}`;
  };
  const frame = (): string => {
    const start = 1 + below(length - 12);
    const region = isChosen() ? `${start}-${start + 8 + below(length - start - 8)}:` : "";
    return `${region}${pick(FRAMES)}`;
  };
  const shares = (width: number): string => {
    const least = below(10 * (1 - width)) / 10;
    return `${least}-${(least + width).toFixed(1)}`;
  };
  const letters = Array.from({ length }, () => (below(8) === 0 ? pick(AMBIGUOUS) : "N")).join("");
  return {
    letters: isChosen() ? letters : "N".repeat(length),
    asked: {
      ...(isChosen() && { flank5: word(1 + below(6), AMBIGUOUS) }),
      ...(isChosen() && { flank3: word(1 + below(6), "ACGT") }),
      ...(isChosen() && { insert: Array.from({ length: 1 + below(2) }, insert) }),
      ...(isChosen() && { forbid: Array.from({ length: 1 + below(4) }, site) }),
      ...(isChosen() && { maxHomopolymer: 1 + below(5) }),
      ...(isChosen() && { noStops: Array.from({ length: 1 + below(2) }, frame) }),
      ...(isChosen() && { gc: shares(0.3) }),
      ...(isChosen() && { gcWindow: `${8 + below(12)}:${shares(0.6)}` }),
    },
  };
}
