/** How many candidates the limits let pass: asked before training, so that a hopeless run is refused and not met at step 40,000. */

import { RegionError } from "../errors.ts";
import type { Genome } from "../genome/genome.ts";
import type { Interval } from "../genome/interval.ts";
import { formatCount } from "../util/format.ts";
import { mapAhead } from "../util/map-ahead.ts";
import type { GenomeWindowOptions } from "./genome-windows.ts";
import { readWindow, type Window } from "./window.ts";
import { windowCandidates } from "./window-candidates.ts";
import { formatLimits, isWithinLimits, windowContent } from "./window-limits.ts";

/** Usable windows that end the looking, read together because a server gives them at once; and windows that are looked at for them. */
const ENOUGH = 8;
const MOST = 4096;

export interface WindowYield {
  /** Windows that were looked at, from the first of the run on. */
  readonly looked: number;
  /** Those within the limits. */
  readonly usable: number;
  /** Soft-masked bases in them all: none where the file is upper case throughout. */
  readonly softMasked: number;
}

/**
 * Looks at the first candidates until 8 are within the limits: with few N, at 8 or 9.
 *
 * @throws {RegionError} when no interval holds a window, or fewer than 8 of 4,096 windows are within the limits
 */
export async function windowYield(
  genome: Genome,
  intervals: readonly Interval[],
  options: GenomeWindowOptions,
): Promise<WindowYield> {
  const { candidate } = windowCandidates(intervals, options);
  const read = (index: number): Promise<Window> => {
    const { interval, strand } = candidate(index, 0);
    return readWindow(genome, interval, strand);
  };
  let looked = 0;
  let usable = 0;
  let softMasked = 0;
  for await (const window of mapAhead(Array(MOST).keys(), ENOUGH - 1, read)) {
    const content = windowContent(window);
    if (isWithinLimits(content, options.length, options)) usable++;
    softMasked += content.softMasked;
    looked++;
    if (usable === ENOUGH) break;
  }
  if (usable < ENOUGH) {
    throw new RegionError(
      `expected windows with ${formatLimits(options)} in the training regions of ${genome.name}, ` +
        `${formatCount(looked)} windows were looked at and ${usable === 0 ? "none is" : `${usable} are`}: ` +
        "check the regions or raise the limit",
    );
  }
  return { looked, usable, softMasked };
}
