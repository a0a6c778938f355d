/**
 * Ranges of G and C as difference constraints. With c_i the number of G and C among the first i bases, a range says
 * least ≤ c_{i+w} − c_i ≤ most, and a position's set that c_{i+1} − c_i is 0, 1 or either: a system x_v − x_u ≤ w, whose
 * solutions are shortest paths (Bellman, Quarterly of Applied Mathematics 16, 1958) and whole numbers by themselves. So
 * any number of overlapping windows is solved exactly, as long as nothing but the sets restricts the bases.
 */

import { AT_BASES, GC_BASES, type GcRange } from "./design-rules.ts";

/** A bound x[to] − x[from] ≤ weight; nodes are the places 0 … length. */
interface Bound {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** What a range says of each window of it. */
export interface GcPlan {
  readonly length: number;
  readonly ranges: readonly GcRange[];
  /** [length] what may stand at each position */
  readonly sets: Uint8Array;
  /** [length + 1] numbers of G and C before each place that keep every bound, up to one constant */
  readonly counts: Int32Array;
}

/** The most and the least of G and C that one base of `set` adds. */
export function gcSteps(set: number): { readonly least: number; readonly most: number } {
  return { least: (set & AT_BASES) === 0 ? 1 : 0, most: (set & GC_BASES) === 0 ? 0 : 1 };
}

/** Every bound of ranges and sets. */
function* gcBounds(ranges: readonly GcRange[], sets: Uint8Array): Generator<Bound> {
  for (const [i, set] of sets.entries()) {
    const { least, most } = gcSteps(set);
    yield { from: i, to: i + 1, weight: most };
    yield { from: i + 1, to: i, weight: -least };
  }
  for (const { window, least, most } of ranges) {
    for (let i = 0; i + window <= sets.length; i++) {
      yield { from: i, to: i + window, weight: most };
      yield { from: i + window, to: i, weight: -least };
    }
  }
}

/** Bounds that contradict each other, as the places of a cycle. */
export interface GcConflict {
  readonly places: readonly number[];
}

/** Returns the plan, or the places of bounds that no sequence keeps together. */
export function gcPlan(ranges: readonly GcRange[], sets: Uint8Array): GcPlan | GcConflict {
  const bounds = [...gcBounds(ranges, sets)];
  const places = sets.length + 1;
  const counts = new Int32Array(places);
  const cause = new Int32Array(places).fill(-1); // the place that last lowered each place's number
  let lowered = 0;
  for (let round = 0; round <= places; round++) {
    lowered = -1;
    for (const { from, to, weight } of bounds) {
      const most = (counts[from] as number) + weight;
      if (most >= (counts[to] as number)) continue;
      counts[to] = most;
      cause[to] = from;
      lowered = to;
    }
    if (lowered < 0) return { length: sets.length, ranges, sets, counts };
  }
  return { places: cycleBehind(lowered, cause) };
}

/** A place that is still lowered after as many rounds as there are places hangs on a cycle. */
function cycleBehind(place: number, cause: Int32Array): number[] {
  let at = place;
  for (let i = 0; i < cause.length; i++) at = cause[at] as number;
  const cycle = [at];
  for (let before = cause[at] as number; before !== at; before = cause[before] as number) {
    cycle.push(before);
  }
  return cycle;
}
