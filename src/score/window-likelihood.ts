/** The likelihood of windows or its bound, with its two errors: Monte Carlo within a window, and over windows. */

import type { Denoise } from "../diffusion/denoise.ts";
import type {
  DrawNats,
  LikelihoodDraw,
  LikelihoodEstimator,
  LikelihoodRandom,
} from "../diffusion/likelihood-estimator.ts";
import { addressedRandom } from "../random/addressed.ts";
import { mean } from "../stats/mean.ts";
import { isBase } from "../tokens/alphabet.ts";

/** A window to score; `index` addresses its draws. */
export interface ScoredInput {
  readonly index: number;
  /** [length] clean ids */
  readonly ids: Uint8Array;
  /** [length] 1 where soft-masked */
  readonly isSoftMasked: Uint8Array;
  /** Its class, if the network is told it; of all windows or of none */
  readonly label?: number;
}

export interface WindowLikelihood {
  readonly index: number;
  /** A, C, G, T of the window; 0 means it was skipped and has no nats. */
  readonly scoredBases: number;
  readonly softMaskedBases: number;
  /** −log p of the whole window or a bound on it, nats: the mean over the draws. */
  readonly nats: number;
  /** The part of `nats` at soft-masked bases. */
  readonly softMaskedNats: number;
  /** Monte Carlo standard error of `nats`; undefined with a single draw, and where `nats` is exact. */
  readonly standardErrorNats?: number;
  /** One entry a draw; none where the window was skipped. */
  readonly draws: readonly DrawLikelihood[];
}

/** One row of the network that a window is scored with. */
export interface DrawLikelihood {
  /** Absent where no base is hidden from all positions. */
  readonly maskedBases?: number;
  /** What this row alone says of the whole window. */
  readonly nats: number;
}

export interface LikelihoodOptions {
  /** The objective's. */
  readonly likelihood: LikelihoodEstimator;
  /** Monte Carlo draws a window, of a bound. */
  readonly draws: number;
  /** Rows of one network call. */
  readonly batchSize: number;
  readonly seed: number;
}

/** One row of one window, and where its nats go. */
interface Row {
  readonly tally: Tally;
  readonly draw: LikelihoodDraw;
  /** Whether it is not one of the draws. */
  readonly isRemainder?: true;
}

/**
 * Scores windows in their order. The result does not depend on the batch size; the draws of a bound may be stratified, and
 * then the standard error from their spread is an upper estimate.
 */
export async function* windowLikelihoods(
  denoise: Denoise,
  windows: AsyncIterable<ScoredInput> | Iterable<ScoredInput>,
  { likelihood, draws: asked, batchSize, seed }: LikelihoodOptions,
): AsyncGenerator<WindowLikelihood> {
  const draws = likelihood.rows(asked);
  const random: LikelihoodRandom = {
    stratum: addressedRandom(seed, "countStratum"),
    subset: addressedRandom(seed, "countSubset"),
  };
  let rows: Row[] = [];
  const waiting: Tally[] = [];
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await scoreRows(denoise, rows);
    rows = [];
  };
  for await (const window of windows) {
    const tally = emptyTally(window);
    if (rows[0] !== undefined && rows[0].draw.input.length !== window.ids.length) await flush();
    waiting.push(tally);
    for (const row of tally.scoredBases === 0 ? [] : rowsOf(tally, likelihood, random, draws)) {
      rows.push(row);
      if (rows.length === batchSize) await flush();
    }
    while (waiting[0] !== undefined && isDone(waiting[0], draws))
      yield summarise(waiting.shift() as Tally, likelihood.kind);
  }
  await flush();
  for (const tally of waiting) yield summarise(tally, likelihood.kind);
}

/** Rows of a window, the draws last: where they are all there, all is. */
function* rowsOf(
  tally: Tally,
  likelihood: LikelihoodEstimator,
  random: LikelihoodRandom,
  draws: number,
): Generator<Row> {
  const { ids, index } = tally.window;
  const rest = likelihood.remainder?.(ids);
  if (rest !== undefined) yield { tally, draw: rest, isRemainder: true };
  for (let draw = 0; draw < draws; draw++)
    yield { tally, draw: likelihood.row(ids, random, index, draw, draws) };
}

/** What the rows of one window gave so far. */
interface Tally {
  readonly window: ScoredInput;
  readonly scoredBases: number;
  readonly softMaskedBases: number;
  readonly draws: DrawLikelihood[];
  readonly softMasked: number[];
  /** What every draw lacks. */
  remainder: DrawNats;
}

const NOTHING: DrawNats = { total: 0, softMasked: 0 };

function emptyTally(window: ScoredInput): Tally {
  let scoredBases = 0;
  let softMaskedBases = 0;
  for (const [i, id] of window.ids.entries()) {
    if (!isBase(id)) continue;
    scoredBases++;
    softMaskedBases += window.isSoftMasked[i] as number;
  }
  return { window, scoredBases, softMaskedBases, draws: [], softMasked: [], remainder: NOTHING };
}

function isDone({ scoredBases, draws: made }: Tally, draws: number): boolean {
  return scoredBases === 0 || made.length === draws;
}

/** Scores rows of one length in one call. */
async function scoreRows(denoise: Denoise, rows: readonly Row[]): Promise<void> {
  const length = (rows[0] as Row).draw.input.length;
  const ids = new Uint8Array(rows.length * length);
  for (const [i, { draw }] of rows.entries()) ids.set(draw.input, i * length);
  const labels = rows.flatMap(({ tally }) => tally.window.label ?? []);
  const told = labels.length === rows.length ? { labels } : {};
  const levels = Float32Array.from(rows.flatMap(({ draw }) => draw.level ?? []));
  const noise = levels.length === rows.length ? { levels } : {};
  const logits = await denoise(ids, {
    ...{ batch: rows.length, length },
    ...told,
    ...noise,
    ...cleanOf(rows, length),
  });
  for (const [i, { tally, draw, isRemainder }] of rows.entries()) {
    const { window } = tally;
    const nats = draw.nats(window.isSoftMasked, logits, i * length);
    if (isRemainder) {
      tally.remainder = nats;
      continue;
    }
    const { maskedBases } = draw;
    tally.draws.push({
      ...(maskedBases === undefined ? {} : { maskedBases }),
      nats: nats.total,
    });
    tally.softMasked.push(nats.softMasked);
  }
}

/** The clean rows beside those that are scored, where there are any. */
function cleanOf(rows: readonly Row[], length: number): { readonly clean?: Uint8Array } {
  if (rows[0]?.draw.clean === undefined) return {};
  const clean = new Uint8Array(rows.length * length);
  for (const [i, { draw }] of rows.entries()) clean.set(draw.clean ?? [], i * length);
  return { clean };
}

function summarise(
  { window, scoredBases, softMaskedBases, softMasked, remainder, ...tally }: Tally,
  kind: LikelihoodEstimator["kind"],
): WindowLikelihood {
  const draws = tally.draws.map((draw) => ({ ...draw, nats: draw.nats + remainder.total }));
  if (scoredBases === 0) {
    return { index: window.index, scoredBases, softMaskedBases, nats: 0, softMaskedNats: 0, draws };
  }
  const { value: nats, standardError } = mean(draws.map((draw) => draw.nats));
  return {
    index: window.index,
    scoredBases,
    softMaskedBases,
    nats,
    softMaskedNats: mean(softMasked).value + remainder.softMasked,
    ...(standardError === undefined || kind === "exact"
      ? {}
      : { standardErrorNats: standardError }),
    draws,
  };
}
