/**
 * A share of G and C to aim at: λ is added to the logits of G and C at every masked position, with the λ for which a row's
 * expected share, its visible bases counted as they are, is the target. It is found anew at each call from the row alone, so
 * that what earlier calls missed is made up for.
 */

import type { Denoise } from "../diffusion/denoise.ts";
import type { Logits } from "../diffusion/subs.ts";
import { isBase, MASK_ID } from "../tokens/alphabet.ts";
import { tiltBases } from "./tilt-bases.ts";

/** Beyond this a base of the other kind has a probability of 1e-13; a target that needs more is out of reach. */
const MOST_TILT = 30;
const BISECTIONS = 60;

/**
 * Returns a denoiser that aims at a share of G and C.
 *
 * @param target share of a row's bases, 0 … 1
 * @param temperature what the sampler divides logits by; the shares are those that it draws from
 */
export function withGcTarget(denoise: Denoise, target: number, temperature: number): Denoise {
  const scale = temperature === 0 ? 1 : temperature; // at 0 the likeliest base is taken, however it is scaled
  return async (ids, { wanted, ...shape }) => {
    const logits = await denoise(ids, shape); // of all positions: the share is theirs together
    const size = logits.length / shape.batch;
    for (let row = 0; row < shape.batch; row++) {
      const own = ids.subarray(row * shape.length, (row + 1) * shape.length);
      tiltRow(logits.subarray(row * size, (row + 1) * size), own, target, scale);
    }
    return logits;
  };
}

function tiltRow(logits: Logits, ids: Uint8Array, target: number, scale: number): void {
  const columns = logits.length / ids.length;
  const masked = [...ids.keys()].filter((position) => ids[position] === MASK_ID);
  const odds = Float64Array.from(masked, (position) =>
    gcLogOdds(logits, position * columns, scale),
  );
  const visible = ids.filter(isBase);
  const fixed = visible.filter((id) => id === 1 || id === 2).length;
  const wanted = target * (visible.length + masked.length) - fixed;
  const tilt = scale * solveTilt(odds, wanted);
  for (const position of masked) {
    tiltBases(logits, position, columns, (base) => (base === 1 || base === 2 ? tilt : 0));
  }
}

/** ln p(G or C) − ln p(A or T) of the position whose logits begin at `at`. */
function gcLogOdds(logits: Logits, at: number, scale: number): number {
  const logSum = (a: number, b: number): number => {
    const [x, y] = [(logits[at + a] as number) / scale, (logits[at + b] as number) / scale];
    const most = Math.max(x, y);
    return most === -Infinity ? most : most + Math.log(Math.exp(x - most) + Math.exp(y - most));
  };
  return logSum(1, 2) - logSum(0, 3);
}

/** The λ at which Σ 1 / (1 + exp(−odds − λ)) is `wanted`, by bisection; the nearest end where there is none. */
function solveTilt(odds: Float64Array, wanted: number): number {
  let [low, high] = [-MOST_TILT, MOST_TILT];
  for (let i = 0; i < BISECTIONS; i++) {
    const tilt = (low + high) / 2;
    let expected = 0;
    for (const value of odds) expected += 1 / (1 + Math.exp(-value - tilt));
    if (expected < wanted) low = tilt;
    else high = tilt;
  }
  return (low + high) / 2;
}
