/** A seeded split of labelled sequences that parts no group: none is tested on what overlaps what it was trained on. */

import { ConfigError } from "../../errors.ts";
import { addressedRandom } from "../../random/addressed.ts";
import {
  className,
  classQuotas,
  type PartIndices,
  partNames,
  type SplitOptions,
} from "./class-quotas.ts";

/** Steps of the stream "labelledSplit": the order of equally large groups, and where a group goes. */
const ORDER_STEP = 1;
const PLACE_STEP = 2;

/** The members of a group, ascending, and how many of each class there are. */
interface Group {
  readonly members: number[];
  readonly counts: Map<number, number>;
}

/**
 * Splits the sequences with these `labels` by whole `groups`, every class by its shares as well as the groups allow.
 *
 * Groups come by size, the largest first, those of equal size in an order drawn by (seed, first member). Each goes to a part
 * drawn from those that have room for it, in proportion to their room for its classes, so that large groups are not always
 * in the largest part; where none has room, to the one that it overfills least. Single sequences come last and fill what is
 * left: with enough of them, each part has its share of each class to within one sequence. Where every group is of one class,
 * no part exceeds its share by as much as the largest group.
 *
 * @param groups of each sequence, as `kmerGroups` and `intervalGroups` return them
 * @throws {ConfigError} when the shares do not sum to 1, or a class has too few sequences or groups for a part
 */
export function groupedSplit<Part extends string>(
  labels: Int32Array,
  groups: Int32Array,
  options: SplitOptions<Part>,
): PartIndices<Part> {
  if (labels.length !== groups.length) {
    throw new RangeError(
      `internal: expected as many groups as labels, got ${groups.length} and ${labels.length}`,
    );
  }
  const parts = partNames(options.shares);
  const rooms = classQuotas(labels, options);
  const random = addressedRandom(options.seed, "labelledSplit");
  const indices = parts.map((): number[] => []);
  for (const group of inOrder(membersOf(labels, groups), random.uniform)) {
    const part = choosePart(group, rooms, random.uniform(firstOf(group), PLACE_STEP));
    for (const [label, count] of group.counts) {
      const room = rooms.get(label) as number[];
      room[part] = (room[part] as number) - count;
    }
    for (const index of group.members) indices[part]?.push(index);
  }
  for (const [i, part] of parts.entries()) {
    const held = new Set<number>();
    for (const index of indices[i] as number[]) held.add(labels[index] as number);
    const missing = [...rooms.keys()].find((label) => !held.has(label));
    if (missing === undefined) continue;
    throw new ConfigError(
      `expected a sequence of ${className(missing, options.classNames)} in ${part} (a share of ${options.shares[part]}), got none: ` +
        "its groups are too few or too large to be split so",
    );
  }
  return Object.fromEntries(
    parts.map((part, i) => [part, Uint32Array.from(indices[i] as number[]).sort()]),
  ) as PartIndices<Part>;
}

function membersOf(labels: Int32Array, groups: Int32Array): Group[] {
  const byNumber = new Map<number, Group>();
  for (const [index, number] of groups.entries()) {
    const group: Group = byNumber.get(number) ?? { members: [], counts: new Map() };
    byNumber.set(number, group);
    const label = labels[index] as number;
    group.members.push(index);
    group.counts.set(label, (group.counts.get(label) ?? 0) + 1);
  }
  return [...byNumber.values()];
}

function firstOf({ members }: Group): number {
  return members[0] as number;
}

function inOrder(groups: Group[], uniform: (example: number, step: number) => number): Group[] {
  return groups
    .map((group) => ({ group, draw: uniform(firstOf(group), ORDER_STEP) }))
    .sort(
      (a, b) =>
        b.group.members.length - a.group.members.length ||
        a.draw - b.draw ||
        firstOf(a.group) - firstOf(b.group),
    )
    .map(({ group }) => group);
}

/**
 * Returns the part for a group.
 *
 * @param rooms of each class, how many sequences of it each part still wants; below 0 where it has too many
 * @param draw a uniform in [0, 1)
 */
function choosePart(group: Group, rooms: ReadonlyMap<number, number[]>, draw: number): number {
  const partCount = rooms.values().next().value?.length ?? 0;
  const room = new Float64Array(partCount);
  const excess = new Float64Array(partCount);
  for (const [label, count] of group.counts) {
    for (const [part, left] of (rooms.get(label) as number[]).entries()) {
      room[part] = (room[part] as number) + left;
      excess[part] = (excess[part] as number) + Math.max(0, count - Math.max(0, left));
    }
  }
  const fitting = room.map((left, part) => (excess[part] === 0 ? left : 0));
  const total = fitting.reduce((sum, left) => sum + left, 0);
  if (total === 0) {
    const least = Math.min(...excess);
    return [...excess.keys()]
      .filter((part) => excess[part] === least)
      .reduce((best, part) => ((room[part] as number) > (room[best] as number) ? part : best));
  }
  let at = draw * total;
  let chosen = 0;
  for (const [part, left] of fitting.entries()) {
    if (left === 0) continue;
    chosen = part;
    at -= left;
    if (at < 0) break;
  }
  return chosen;
}
