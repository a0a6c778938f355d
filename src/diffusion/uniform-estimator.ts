/**
 * The likelihood bound under uniform noise, in continuous time:
 *
 *   −log p(x) ≤ KL(q(z_1 | x) ‖ four equal bases) + ∫_0^σ₁ E over z of Σ_i ratioNats dσ,
 *
 * since the paths of the noise, begun at x, and those of its reverse, begun at equal bases, differ by so much. No
 * reconstruction is added: the integral begins at no noise at all, where the reverse has arrived at x. What is counted is A, C, G, T.
 *
 * The integral is over total noise, and so the bound is the same whatever schedule a run was trained with. The share m of redrawn bases
 * is M u², u uniform and stratified over the draws: at a small share few bases are redrawn and each costs much, so that a uniform m has no
 * finite variance. Most of what varies is which bases were redrawn, and costs any network alike. One that says that all bases are equal has a
 * bound of ln 4 a base exactly, for the noise keeps equal bases equal; it is the control variate: a draw is what the network costs less
 * than that one on the same draw, and ln 4.
 */

import { BASE_COUNT } from "../tokens/alphabet.ts";
import { basePositions } from "./corrupt.ts";
import type { DrawNats, LikelihoodEstimator } from "./likelihood-estimator.ts";
import type { Logits } from "./subs.ts";
import { redraw } from "./uniform-noise.ts";
import { type LogScores, logRatios, ratioNats } from "./uniform-ratios.ts";

/** M: σ₁ is −ln(1 − M) = 6.9 nats, that of the loglinear and cosine schedules at time 1; none ends before it. */
export const MAX_REDRAWN: number = 1 - 1e-3;

/** A window with some of its bases redrawn. */
interface UniformDraw {
  readonly x0: Uint8Array;
  readonly xt: Uint8Array;
  readonly redrawn: number;
  /** What a position's nats are multiplied by. */
  readonly weight: number;
}

/** The bound of a network that is told total noise; a row is one Monte Carlo draw. */
export function uniformEstimatorOf(logScores: LogScores): LikelihoodEstimator {
  return {
    kind: "bound",
    strand: "+",
    rows: (draws) => draws,
    row(x0, random, example, draw, draws) {
      const u = (draw + 1 - random.stratum.uniform(example, draw)) / draws; // in (0, 1]
      const redrawn = MAX_REDRAWN * u * u;
      const xt = redraw(x0, redrawn, random.subset, example, draw);
      // dσ = dm / (1 − m), and dm = 2 M u du
      const made = { x0, xt, redrawn, weight: (2 * MAX_REDRAWN * u) / (1 - redrawn) };
      return {
        input: xt,
        level: -Math.log1p(-redrawn),
        nats: (isSoftMasked, outputs, firstRow) =>
          drawNats(made, isSoftMasked, outputs, firstRow, logScores),
      };
    },
  };
}

function drawNats(
  { x0, xt, redrawn, weight }: UniformDraw,
  isSoftMasked: Uint8Array,
  outputs: Logits,
  firstRow: number,
  logScores: LogScores,
): DrawNats {
  const scores = new Float64Array(BASE_COUNT);
  const truth = new Float64Array(BASE_COUNT);
  const equal = new Float64Array(BASE_COUNT);
  let total = 0;
  let softMasked = 0;
  for (const position of basePositions(x0)) {
    const z = xt[position] as number;
    logScores(outputs, firstRow + position, z, redrawn, scores);
    logRatios(x0[position] as number, z, redrawn, truth);
    const nats =
      Math.log(BASE_COUNT) + weight * (ratioNats(scores, truth) - ratioNats(equal, truth));
    total += nats;
    if (isSoftMasked[position] === 1) softMasked += nats;
  }
  return { total, softMasked };
}
