/** Why no sequence keeps rules: the positions and the rules that exclude each other, as few as possible. */

import { lettersOfSets } from "../../tokens/iupac.ts";
import { formatCount, formatNames } from "../../util/format.ts";
import { designPlan } from "./design-plan.ts";
import type { DesignRules, ForbiddenWord, GcRange } from "./design-rules.ts";
import { gcSteps } from "./gc-plan.ts";

/** Letters that are shown of a stretch. */
const SHOWN_LETTERS = 40;
const SHOWN_CONFLICTS = 3;
const SHOWN_RULES = 8;

/** Returns what excludes what, positions from 1, or undefined where nothing is known to: an inexact plan may find none. */
export function describeConflict(rules: DesignRules): string | undefined {
  const certain = [...fixedWords(rules), ...fixedWindows(rules)];
  if (certain.length > 0) return formatNames(certain, SHOWN_CONFLICTS);
  const ofWords = { ...rules, gc: [] };
  if (isInfeasible(ofWords)) {
    const [start, end] = narrowest(ofWords);
    return describe(rules, start, end, irreducible(within(ofWords, start, end)));
  }
  return isInfeasible(rules) ? describe(rules, 0, rules.length, irreducible(rules)) : undefined;
}

function describe(rules: DesignRules, start: number, end: number, needed: DesignRules): string {
  const names = [
    ...new Set(needed.words.map(({ name }) => name)),
    ...needed.gc.map((one) => describeRange(one, rules.length)),
  ];
  const stretch = `${positions(start, end)}${shown(rules, start, end)}`;
  return names.length === 1
    ? `${stretch} cannot be filled under ${names[0]}`
    : `${stretch} cannot be filled under all of ${formatNames(names, SHOWN_RULES)}`;
}

/** Forbidden words at which nothing else may stand. */
function* fixedWords({ sets, words }: DesignRules): Generator<string> {
  for (const { name, sets: word, places } of words) {
    for (let start = places.from; start + word.length <= places.to; start += places.step) {
      if (!word.every((set, i) => ((sets[start + i] as number) & ~set) === 0)) continue;
      const end = start + word.length;
      yield `${positions(start, end)} (${lettersOfSets(sets.subarray(start, end))}) always ${end - start === 1 ? "holds" : "hold"} ${name}`;
    }
  }
}

/** Windows whose fixed positions alone have too many or too few G and C. */
function* fixedWindows({ length, sets, gc }: DesignRules): Generator<string> {
  const steps = Array.from(sets, gcSteps);
  for (const { window, least, most } of gc) {
    for (let start = 0; start + window <= length; start++) {
      const own = steps.slice(start, start + window);
      const fewest = own.reduce((sum, step) => sum + step.least, 0);
      const greatest = own.reduce((sum, step) => sum + step.most, 0);
      if (fewest <= most && greatest >= least) continue;
      const what = fewest > most ? `at least ${fewest}` : `at most ${greatest}`;
      yield `${positions(start, start + window)} always hold ${what} G and C, where ${least} to ${most} are asked for`;
    }
  }
}

function isInfeasible(rules: DesignRules): boolean {
  const plan = designPlan(rules);
  return "places" in plan || plan.row().isBroken;
}

/** Leaves out each word and range in turn that the contradiction does not need. */
function irreducible(rules: DesignRules): DesignRules {
  let needed = rules;
  const tryWithout = (fewer: DesignRules): void => {
    if (isInfeasible(fewer)) needed = fewer;
  };
  for (const range of rules.gc) {
    tryWithout({ ...needed, gc: needed.gc.filter((other) => other !== range) });
  }
  for (const name of new Set(rules.words.map((word) => word.name))) {
    tryWithout({ ...needed, words: needed.words.filter((word) => word.name !== name) });
  }
  return needed;
}

/** The shortest stretch, [start, end) from 0, that cannot be filled; words alone forbid here. */
function narrowest(rules: DesignRules): [start: number, end: number] {
  const isTooNarrow = (start: number, end: number): boolean =>
    !isInfeasible(within(rules, start, end));
  const end = firstTrue(1, rules.length, (to) => !isTooNarrow(0, to));
  const start = firstTrue(1, end, (from) => isTooNarrow(from, end)) - 1;
  return [start, end];
}

/** Rules of the positions of a stretch and of the words that lie in it. */
function within(rules: DesignRules, start: number, end: number): DesignRules {
  const words: ForbiddenWord[] = rules.words.map((word) => {
    const { from, to, step } = word.places;
    const skipped = Math.ceil(Math.max(0, start - from) / step) * step;
    const places = { from: from + skipped - start, to: Math.min(to, end) - start, step };
    return { ...word, places };
  });
  return { ...rules, length: end - start, sets: rules.sets.slice(start, end), words };
}

/** The first of low … high at which `test` holds; it holds at `high` and, from the first on, everywhere. */
function firstTrue(low: number, high: number, test: (value: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (test(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function describeRange({ window, least, most }: GcRange, length: number): string {
  const where = window === length ? "all" : "every";
  return `${least} to ${most} G and C in ${where} ${formatCount(window)} bases`;
}

function positions(start: number, end: number): string {
  return end - start === 1
    ? `position ${formatCount(end)}`
    : `positions ${formatCount(start + 1)}-${formatCount(end)}`;
}

function shown({ sets }: DesignRules, start: number, end: number): string {
  return end - start > SHOWN_LETTERS ? "" : ` (${lettersOfSets(sets.subarray(start, end))})`;
}
