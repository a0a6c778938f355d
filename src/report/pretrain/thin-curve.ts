/** A long curve as a few hundred points: means of neighbouring steps, and how well each mean is known. */

import { mean } from "../../stats/mean.ts";
import type { Point } from "../svg/line-plot.ts";

export interface ThinnedCurve {
  /** Mean step and mean value of every group. */
  readonly line: readonly Point[];
  /** Mean step, the mean less and plus its standard error; empty where nothing was joined. */
  readonly band: readonly (readonly [x: number, low: number, high: number])[];
}

/** Joins as many neighbours as leave at most `most` groups, the last of which may be smaller. */
export function thinCurve(points: readonly Point[], most = 120): ThinnedCurve {
  const size = Math.ceil(points.length / most);
  if (size <= 1) return { line: points, band: [] };
  const groups = Array.from({ length: Math.ceil(points.length / size) }, (_, i) => {
    const group = points.slice(i * size, (i + 1) * size);
    return { x: mean(group.map(([x]) => x)).value, y: mean(group.map(([, y]) => y)) };
  });
  return {
    line: groups.map(({ x, y }): Point => [x, y.value]),
    band: groups.map(({ x, y: { value, standardError = 0 } }) => [
      ...([x, value - standardError, value + standardError] as const),
    ]),
  };
}
