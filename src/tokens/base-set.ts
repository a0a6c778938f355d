/** Sets of bases as four bits: bit b is base b, so 0b0101 is A or G. */

/** A, C, G and T. */
export const ALL_BASES = 0b1111;

/** Whether `base`, 0 … 3, is in `set`. */
export function hasBase(set: number, base: number): boolean {
  return ((set >> base) & 1) === 1;
}
