import { RegionError } from "../errors.ts";
import { formatCount } from "../util/format.ts";
import type { Contig } from "./genome.ts";
import type { Interval } from "./interval.ts";

/** @throws {RegionError} when `interval` does not lie on `contig`; an empty interval may lie at its end */
export function checkInterval(interval: Interval, contig: Contig): void {
  const { start, end } = interval;
  const isOrdered =
    Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end;
  if (!isOrdered) {
    throw new RegionError(
      `${interval.contig}: expected whole numbers with 0 <= start <= end, got start ${start} and end ${end}`,
    );
  }
  if (end > contig.length) {
    throw new RegionError(
      `${interval.contig}:${formatCount(start + 1)}-${formatCount(end)}: end is past ${contig.name} (${formatCount(contig.length)} bases)`,
    );
  }
}
