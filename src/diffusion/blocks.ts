/** A row cut into blocks of one length, from its beginning; the last may be shorter. */

/** Positions `begin` up to but not including `end`. */
export interface Block {
  readonly begin: number;
  readonly end: number;
}

/** The blocks of `length` positions. */
export function blocksOf(length: number, blockLength: number): Block[] {
  return Array.from({ length: Math.ceil(length / blockLength) }, (_, block) => ({
    begin: block * blockLength,
    end: Math.min(length, (block + 1) * blockLength),
  }));
}
