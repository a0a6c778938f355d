import { RegionError } from "../errors.ts";
import { formatCount } from "../util/format.ts";
import { editDistance } from "../util/nearest-name.ts";
import type { Contig } from "./genome.ts";

const SHOWN_NAMES = 3;
/** Names compared, and letters of each: a message is not worth more. */
const COMPARED_NAMES = 10_000;
const COMPARED_LETTERS = 64;

/** Error for a name that none of `contigs` has, with the nearest names. */
export function unknownContig(name: string, contigs: readonly Contig[]): RegionError {
  const wanted = comparable(name);
  const nearest = contigs
    .slice(0, COMPARED_NAMES)
    .map((contig) => ({
      name: contig.name,
      distance: editDistance(wanted, comparable(contig.name)),
    }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, SHOWN_NAMES)
    .map((candidate) => candidate.name);
  const count = contigs.length === 1 ? "1 contig" : `${formatCount(contigs.length)} contigs`;
  return new RegionError(
    `expected the name of one of ${count}, got "${name}" (nearest: ${nearest.join(", ")})`,
  );
}

function comparable(name: string): string {
  return name.slice(0, COMPARED_LETTERS).toLowerCase();
}
