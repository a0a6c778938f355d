/** What may stand at each position, gathered from several sides that may contradict each other. */

import { ConfigError } from "../../errors.ts";
import { ALL_BASES } from "../../tokens/base-set.ts";
import { lettersOfSets } from "../../tokens/iupac.ts";
import { formatCount } from "../../util/format.ts";

export class PositionSets {
  /** [length] */
  readonly sets: Uint8Array;
  /** [length] who narrowed each position so far */
  readonly #sources: string[][];

  constructor(length: number) {
    this.sets = new Uint8Array(length).fill(ALL_BASES);
    this.#sources = Array.from(this.sets, () => []);
  }

  /**
   * Lets only `sets` stand from position `start` on.
   *
   * @param source who asks for it, as a message calls it
   * @throws {ConfigError} when they do not lie within the sequence, or leave nothing at a position
   */
  narrow(start: number, sets: Uint8Array, source: string): void {
    const { length } = this.sets;
    if (sets.length > length) {
      throw new ConfigError(
        `expected ${source} of at most the ${formatCount(length)} bases of the sequence, got ${formatCount(sets.length)}`,
      );
    }
    if (start < 0 || start + sets.length > length) {
      throw new ConfigError(
        `expected ${source} within positions 1-${formatCount(length)}, got ${formatCount(start + 1)}-${formatCount(start + sets.length)}`,
      );
    }
    for (const [i, set] of sets.entries()) {
      if (set === ALL_BASES) continue;
      const position = start + i;
      const before = this.sets[position] as number;
      if ((before & set) === 0) {
        const others = (this.#sources[position] as string[]).join(" and ");
        throw new ConfigError(
          `position ${formatCount(position + 1)}: ${source} wants ${letter(set)}, where ${others} wants ${letter(before)}`,
        );
      }
      this.sets[position] = before & set;
      this.#sources[position]?.push(source);
    }
  }
}

function letter(set: number): string {
  return lettersOfSets(Uint8Array.of(set));
}
