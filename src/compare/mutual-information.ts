/**
 * What a base says of another one d bases on: I(d) in bits, from counts of pairs (Li, J. Stat. Phys. 60, 1990; Herzel and
 * Große, Physica A 216, 1995). A finite sample adds about 9 / (2 n ln 2) bits to each; the real arm has as much of it.
 */

import { total } from "../stats/divergence.ts";
import { type AdditiveMeasure, compareAdditive } from "./additive.ts";
import type { Arms } from "./arms.ts";
import type { ResampleOptions } from "./compare-arms.ts";
import { curve, type FigureName, figures, type MeasureResult } from "./figure.ts";

/** Every distance up to here, then steps of a twentieth. */
const EVERY = 100;
const STEP = 1.05;
const FARTHEST = 1000;
/** Of the median length: farther pairs are few. */
const SHARE_OF_LENGTH = 0.75;

/** The farthest of a group is at most so many times the nearest. */
const GROUP = 1.15;

/** Neighbours up to here are near ones; from there on, far ones. */
const NEAR = 12;
const FAR = 24;

const FIGURES: readonly FigureName[] = [
  ["near", `mean information at 1 … ${NEAR} bases`, "bits"],
  ["far", `mean information beyond ${FAR} bases`, "bits"],
  ["period-3", "information of period 3", "bits", [-2, 2]],
];

export function compareRange(arms: Arms, options: ResampleOptions): MeasureResult {
  const distances = pairDistances(Math.floor(SHARE_OF_LENGTH * shortestMedian(arms)));
  const { blocks, numbers } = compareAdditive(measureAt(distances), arms, options);
  return {
    measure: "range",
    blocks,
    figures: figures(FIGURES, numbers),
    details: [],
    curves: [
      curve(
        "information",
        "bits",
        distanceGroups(distances).map(({ middle }) => middle),
        numbers.slice(FIGURES.length),
      ),
    ],
    notes: [],
  };
}

/** All of 1 … 100, then ever wider apart, up to `most` and 1,000. */
export function pairDistances(most: number): number[] {
  const distances: number[] = [];
  for (let distance = 1; distance <= Math.min(most, FARTHEST); ) {
    distances.push(distance);
    distance = distance < EVERY ? distance + 1 : Math.ceil(distance * STEP);
  }
  return distances;
}

/** Distances that are one point of the curve, by their places: one by one where they are near, ever more of them farther on. */
function distanceGroups(
  distances: readonly number[],
): { readonly places: readonly number[]; readonly middle: number }[] {
  const groups: number[][] = [];
  for (const [place, distance] of distances.entries()) {
    const first = distances[groups.at(-1)?.[0] ?? 0] as number;
    if (distance <= FAR || distance > first * GROUP || groups.length === 0) groups.push([place]);
    else groups.at(-1)?.push(place);
  }
  return groups.map((places) => {
    const [first, last] = [places[0], places.at(-1)].map((place) => distances[place as number]);
    return { places, middle: Math.sqrt((first as number) * (last as number)) };
  });
}

/** Mutual information of two bases in bits, from the counts of their pairs, [16]; NaN where there is none. */
export function pairInformation(counts: Float64Array): number {
  const all = total(counts);
  if (all === 0) return Number.NaN;
  const [first, second] = [new Float64Array(4), new Float64Array(4)];
  for (const [pair, count] of counts.entries()) {
    first[pair >> 2] = (first[pair >> 2] as number) + count;
    second[pair & 3] = (second[pair & 3] as number) + count;
  }
  let bits = 0;
  for (const [pair, count] of counts.entries()) {
    const expected = (first[pair >> 2] as number) * (second[pair & 3] as number);
    if (count > 0) bits += (count / all) * Math.log2((count * all) / expected);
  }
  return Math.max(0, bits);
}

function measureAt(distances: readonly number[]): AdditiveMeasure {
  return {
    width: 16 * distances.length,
    add: (ids, sums, at) => {
      for (const [place, distance] of distances.entries()) {
        const start = at + 16 * place;
        for (let i = distance; i < ids.length; i++) {
          const first = ids[i - distance] as number;
          const second = ids[i] as number;
          if (first > 3 || second > 3) continue;
          const pair = start + 4 * first + second;
          sums[pair] = (sums[pair] as number) + 1;
        }
      }
    },
    numbers: (own) => {
      const bits = distances.map((_, place) =>
        pairInformation(own.subarray(16 * place, 16 * place + 16)),
      );
      const mean = (isIn: (distance: number) => boolean): number => {
        const chosen = Float64Array.from(
          bits.filter((_, place) => isIn(distances[place] as number)),
        );
        return total(chosen) / chosen.length;
      };
      const points = distanceGroups(distances).map(
        ({ places }) =>
          places.reduce((sum, place) => sum + (bits[place] as number), 0) / places.length,
      );
      return Float64Array.of(
        mean((distance) => distance <= NEAR),
        mean((distance) => distance > FAR),
        thirdContrast(bits),
        ...points,
      );
    },
  };
}

/** The mean, over multiples of 3 whose neighbours are there too, of I(d) − (I(d − 1) + I(d + 1)) / 2. */
function thirdContrast(bits: readonly number[]): number {
  const contrasts: number[] = [];
  for (let distance = 3; distance < Math.min(bits.length, EVERY); distance += 3) {
    const [before, here, after] = bits.slice(distance - 2, distance + 1) as [
      number,
      number,
      number,
    ];
    contrasts.push(here - (before + after) / 2);
  }
  return total(Float64Array.from(contrasts)) / contrasts.length;
}

/** Of the three arms' median lengths, the shortest. */
function shortestMedian({ generated, real, reference }: Arms): number {
  const medians = [generated, real, reference].map((sequences) => {
    const lengths = Float64Array.from(sequences, ({ length }) => length).sort();
    return lengths[lengths.length >> 1] as number;
  });
  return Math.min(...medians);
}
