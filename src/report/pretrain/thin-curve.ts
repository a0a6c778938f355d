/** A long curve as a few hundred points: means of neighbouring steps, with the least and the largest of them. */

import type { Point } from "../svg/line-plot.ts";

export interface ThinnedCurve {
  /** Mean step and mean value of every group. */
  readonly line: readonly Point[];
  /** Mean step, least and largest value; empty where nothing was joined. */
  readonly band: readonly (readonly [x: number, low: number, high: number])[];
}

/** Joins as many neighbours as leave at most `most` groups, the last of which may be smaller. */
export function thinCurve(points: readonly Point[], most = 180): ThinnedCurve {
  const size = Math.ceil(points.length / most);
  if (size <= 1) return { line: points, band: [] };
  const groups = Array.from({ length: Math.ceil(points.length / size) }, (_, i) =>
    points.slice(i * size, (i + 1) * size),
  );
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const line = groups.map(
    (group): Point => [mean(group.map(([x]) => x)), mean(group.map(([, y]) => y))],
  );
  const band = groups.map((group, i) => {
    const values = group.map(([, y]) => y);
    return [line[i]?.[0] ?? 0, Math.min(...values), Math.max(...values)] as const;
  });
  return { line, band };
}
