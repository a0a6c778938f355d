/** Exact tandem repeats: a unit of 1 to 50 bases, three times or more in a row, the last one perhaps in part, 12 bases at least. */

/** Bases of a unit, at most. */
const LONGEST_UNIT = 50;
const LEAST_COPIES = 3;
const LEAST_BASES = 12;

/** Returns for each base the length of the shortest unit of a repeat that it lies in, 0 where it lies in none. */
export function tandemUnits(ids: Uint8Array): Uint8Array {
  const units = new Uint8Array(ids.length);
  for (let unit = 1; unit <= LONGEST_UNIT; unit++) {
    const least = Math.max(LEAST_COPIES * unit, LEAST_BASES);
    let same = 0; // bases up to here that equal those one unit before
    for (let i = unit; i <= ids.length; i++) {
      const base = ids[i];
      if (base !== undefined && base < 4 && base === ids[i - unit]) {
        same++;
        continue;
      }
      if (same + unit >= least) markFrom(units, i - same - unit, i, unit);
      same = 0;
    }
  }
  return units;
}

/** Bases that have a shorter unit keep it. */
function markFrom(units: Uint8Array, start: number, end: number, unit: number): void {
  for (let i = start; i < end; i++) if (units[i] === 0) units[i] = unit;
}
