/** Training windows read from a genome: the candidates of an epoch, each that the limits refuse replaced by another. */

import { RegionError } from "../errors.ts";
import type { Genome } from "../genome/genome.ts";
import type { Interval } from "../genome/interval.ts";
import { formatCount } from "../util/format.ts";
import { encodeWindow, readWindow, type Window } from "./window.ts";
import { type CandidateOptions, windowCandidates } from "./window-candidates.ts";
import { formatLimits, isWithinLimits, type WindowLimits, windowContent } from "./window-limits.ts";
import type { WindowSource } from "./window-source.ts";

export interface GenomeWindowOptions extends CandidateOptions, WindowLimits {}

/** Candidates for one window before giving up: were one in 500 usable, a window in 10^17 would come here. */
const MAX_ATTEMPTS = 20_000;

/**
 * Returns the windows of `intervals`; `windowSync` is there where the genome has `readSync`. Overlapping intervals count
 * as often as they cover a base; who wants each base once merges them.
 *
 * @throws {RegionError} when no interval holds a whole window
 */
export function genomeWindows(
  genome: Genome,
  intervals: readonly Interval[],
  options: GenomeWindowOptions,
): WindowSource {
  const { windows, candidate } = windowCandidates(intervals, options);
  const isUsable = (window: Window): boolean =>
    isWithinLimits(windowContent(window), options.length, options);
  const exhausted = (): RegionError =>
    new RegionError(
      `expected windows with ${formatLimits(options)} in the training regions of ${genome.name}, ` +
        `${formatCount(MAX_ATTEMPTS)} were looked at for one that is: check the regions or raise the limit`,
    );
  const source: WindowSource = {
    windows,
    residence: genome.residence,
    async window(index) {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const { interval, strand } = candidate(index, attempt);
        const window = await readWindow(genome, interval, strand);
        if (isUsable(window)) return window;
      }
      throw exhausted();
    },
  };
  const { readSync } = genome;
  if (readSync === undefined) return source;
  const bases = new Uint8Array(options.length); // a window is encoded out of it before the next is read
  return {
    ...source,
    windowSync(index) {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const { interval, strand } = candidate(index, attempt);
        const window = encodeWindow(readSync.call(genome, interval, bases), interval, strand);
        if (isUsable(window)) return window;
      }
      throw exhausted();
    },
  };
}
