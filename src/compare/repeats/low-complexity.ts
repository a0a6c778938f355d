/**
 * Low complexity by symmetric DUST (Morgulis, Gertz, Schäffer and Agarwala, J. Comput. Biol. 13, 2006), with its usual window
 * of 64 bases and threshold of 20.
 *
 * The score of an interval of l ≥ 2 triplets is the sum of c (c − 1) / 2 over its triplets, each of which it has c times, over
 * l − 1. An interval is perfect when its score is above 2 and none within it has a higher one; perfect intervals of at most
 * 64 bases are masked.
 */

const WINDOW_TRIPLETS = 62;
/** A tenth of the threshold, as scores here are not multiplied by 10. */
const THRESHOLD = 2;

/** Returns 1 for each base in a perfect interval, 0 for others; N is in none, and breaks them. */
export function maskLowComplexity(ids: Uint8Array): Uint8Array {
  const masked = new Uint8Array(ids.length);
  const triplets = tripletsOf(ids);
  const counts = new Uint8Array(64);
  // best[i]: of all intervals within the one that begins i triplets before the last end, the highest score
  let best = new Float64Array(WINDOW_TRIPLETS + 1);
  let next = new Float64Array(WINDOW_TRIPLETS + 1);
  let known = 0; // triplets before this one without a gap
  for (let end = 0; end < triplets.length; end++) {
    if (triplets[end] === NO_TRIPLET) {
      known = 0;
      continue;
    }
    known = Math.min(known + 1, WINDOW_TRIPLETS);
    if (known === 1) best.fill(0);
    counts.fill(0);
    let pairs = 0;
    let within = 0; // the best of the intervals that begin later and end here
    let first = end + 1;
    for (let back = 0; back < known; back++) {
      const triplet = triplets[end - back] as number;
      const before = counts[triplet] as number;
      pairs += before;
      counts[triplet] = before + 1;
      const score = back === 0 ? 0 : pairs / back;
      const shorter = back === 0 ? 0 : Math.max(within, best[back - 1] as number);
      if (score > THRESHOLD && score >= shorter) first = end - back;
      within = Math.max(score, shorter);
      next[back] = within;
    }
    if (first <= end) masked.fill(1, first, end + 3);
    [best, next] = [next, best];
  }
  return masked;
}

const NO_TRIPLET = 64;

/** Codes of the triplets by their first base; those with an N have none. */
function tripletsOf(ids: Uint8Array): Uint8Array {
  const triplets = new Uint8Array(Math.max(0, ids.length - 2));
  for (let i = 0; i < triplets.length; i++) {
    const [a, b, c] = [ids[i] as number, ids[i + 1] as number, ids[i + 2] as number];
    triplets[i] = a > 3 || b > 3 || c > 3 ? NO_TRIPLET : 16 * a + 4 * b + c;
  }
  return triplets;
}
