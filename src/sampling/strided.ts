/**
 * Sequences longer than the window that a model was trained on (semi-autoregressive MDLM, arXiv:2406.07524, section 3.5): a
 * window is filled, then it moves on by a stride and is filled where it is still masked, beside what it has filled
 * before. The last window ends with the row, so every call sees a whole window.
 */

import type { AddressedRandom } from "../random/addressed.ts";
import { MASK_ID } from "../tokens/alphabet.ts";
import type { RowConstraint } from "./constraint.ts";
import type { Sampler, SamplerBatch } from "./sampler.ts";
import { shareCalls } from "./share-calls.ts";

export interface StridedOptions<Options> {
  /** Bases of a window. */
  readonly window: number;
  /** Bases that it moves on by, 1 … window; the fewer, the more each base has to its left. */
  readonly stride: number;
  /** Evaluations of the network in all windows together. */
  readonly calls: number;
  /** Options of the sampler that fills a window in a number of calls. */
  optionsFor(calls: number): Options;
}

/** Returns a sampler of rows of any length, all with the same free positions, that fills each window by `sampler`. */
export function stridedSampler<Options>(
  sampler: Sampler<Options>,
): Sampler<StridedOptions<Options>> {
  return async (denoise, batch, { window, stride, calls, optionsFor }, random) => {
    const rows = { ...batch, ids: batch.ids.slice() };
    const free = freePositions(batch);
    const width = Math.min(window, batch.length);
    for (const share of windowShares(free, batch.length, { window, stride, calls })) {
      const { start } = share;
      const filled = await sampler(denoise, windowOf(rows, start, width), optionsFor(share.calls), {
        order: shifted(random.order, start),
        token: shifted(random.token, start),
      });
      for (let row = 0; row < batch.batch; row++) {
        const ids = filled.subarray(row * width, (row + 1) * width);
        rows.ids.set(ids, row * batch.length + start);
      }
    }
    return rows.ids;
  };
}

type WindowOptions = Pick<StridedOptions<unknown>, "window" | "stride" | "calls">;

/**
 * Checks that a row can be filled window by window.
 *
 * @param ids [length] MASK where free
 * @param check of each window as it is found, with its share of the calls
 * @throws {SamplingError} when there are fewer calls than windows with a free base, or `check` does
 */
export function checkStrided(
  ids: Uint8Array,
  options: WindowOptions,
  check: (ids: Uint8Array, calls: number) => void,
): void {
  const row = ids.slice();
  const { length } = row;
  const free = freePositions({ batch: 1, length, ids });
  for (const { start, calls } of windowShares(free, length, options)) {
    const window = row.subarray(start, start + options.window);
    check(window, calls);
    for (const [i, id] of window.entries()) if (id === MASK_ID) window[i] = 0; // any base: it is filled
  }
}

/** A window with bases to fill that no window before it has. */
interface WindowShare {
  readonly start: number;
  readonly calls: number;
}

function windowShares(
  free: readonly number[],
  length: number,
  { window, stride, calls }: WindowOptions,
): WindowShare[] {
  const width = Math.min(window, length);
  let from = 0; // what is before it is filled
  const parts = windowStarts(length, width, stride).flatMap((start) => {
    const end = start + width;
    const count = free.filter((position) => position >= from && position < end).length;
    from = end;
    return count === 0 ? [] : [{ start, count }];
  });
  const shares = shareCalls(
    calls,
    parts.map(({ count }) => count),
    "window",
  );
  return parts.map(({ start }, i) => ({ start, calls: shares[i] as number }));
}

/** Free positions, which all rows share. */
function freePositions({
  batch,
  length,
  ids,
}: Pick<SamplerBatch, "batch" | "length" | "ids">): number[] {
  const free: number[] = [];
  for (let position = 0; position < length; position++) {
    const isFree = ids[position] === MASK_ID;
    if (isFree) free.push(position);
    for (let row = 1; row < batch; row++) {
      if ((ids[row * length + position] === MASK_ID) === isFree) continue;
      throw new RangeError(
        `internal: expected rows with the same free positions, row ${row} differs at ${position}`,
      );
    }
  }
  return free;
}

function windowStarts(length: number, width: number, stride: number): number[] {
  const starts = [0];
  for (let start = 0; start + width < length; ) {
    start = Math.min(start + stride, length - width);
    starts.push(start);
  }
  return starts;
}

/** The part of a batch that a window sees, as a batch of its own. */
function windowOf(rows: SamplerBatch, start: number, width: number): SamplerBatch {
  const ids = new Uint8Array(rows.batch * width);
  for (let row = 0; row < rows.batch; row++) {
    const first = row * rows.length + start;
    ids.set(rows.ids.subarray(first, first + width), row * width);
  }
  const { constraints } = rows;
  return {
    ...rows,
    length: width,
    ids,
    ...(constraints === undefined
      ? {}
      : { constraints: constraints.map((constraint) => constraintAt(constraint, start)) }),
  };
}

function constraintAt(constraint: RowConstraint, start: number): RowConstraint {
  return {
    allowed: (position) => constraint.allowed(start + position),
    reveal: (position, base) => constraint.reveal(start + position, base),
    conceal: (position) => constraint.conceal(start + position),
  };
}

/** Draws by the position in the row. Each is free in one window, so no draw serves twice. */
function shifted(random: AddressedRandom, start: number): AddressedRandom {
  return {
    uniform: (sample, step, position = 0) => random.uniform(sample, step, start + position),
    integer: (bound, sample, step, position = 0) =>
      random.integer(bound, sample, step, start + position),
  };
}
