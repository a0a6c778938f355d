/**
 * The built-in source of DNA: background, GC-rich islands, repeats with a period of ten bases, two-part motifs.
 *
 * Every structure begins after a background base and leads back to the background. It has a twin, read from the
 * other strand, with the same probability of beginning; so a sequence and its reverse complement are equally
 * probable. Half of the bases are in repeats, whose next base follows from bases ten, twenty, … before it: a
 * model that sees a whole window can know what counts of short contexts cannot.
 */

import {
  type HiddenMarkovSource,
  type HiddenState,
  hiddenMarkovSource,
  type Transition,
} from "./hidden-markov.ts";

/** What a hidden state is part of. */
type DemoRegion = "background" | "island" | "repeat" | "motif";

export interface DemoSource extends HiddenMarkovSource {
  /** [states] */
  readonly regions: readonly DemoRegion[];
}

/** Patterns: a letter emits its base with the structure's fidelity, a dot emits like the background. */
const REPEAT_PATTERNS = ["CAATTG...."] as const;
const MOTIF_PATTERNS = ["TGACTCAGCA......CCTTGGAACC", "GGTCACGTGT........ATTTGCATAA"] as const;
const REPEAT_FIDELITY = 0.9;
const MOTIF_FIDELITY = 0.96;

const BACKGROUND_GC = 0.38;
const ISLAND_GC = 0.72;

/** Mean lengths in bases; both are geometric. */
const ISLAND_LENGTH = 150;
const REPEAT_LENGTH = 150;

/** Probability that the next base begins the structure, after a background base; each pattern, each strand. */
const ISLAND_ENTRY = 0.0016;
const REPEAT_ENTRY = 0.005;
const MOTIF_ENTRY = 0.0022;

const BACKGROUND = 0;

type Emission = HiddenState["emission"];

interface RegionState extends HiddenState {
  readonly region: DemoRegion;
}

/** A structure's states, whose numbers begin at `first`, and the ways into it from the background. */
interface Structure {
  readonly states: readonly RegionState[];
  readonly entries: readonly Transition[];
}

/** Returns the source; every call gives the same numbers. */
export function demoSource(): DemoSource {
  const states: RegionState[] = [];
  const entries: Transition[] = [];
  const add = (build: (first: number) => Structure): void => {
    const structure = build(1 + states.length);
    states.push(...structure.states);
    entries.push(...structure.entries);
  };
  add(island);
  for (const pattern of bothStrands(REPEAT_PATTERNS)) add((first) => repeat(pattern, first));
  for (const pattern of bothStrands(MOTIF_PATTERNS)) add((first) => motif(pattern, first));

  const leave = entries.reduce((sum, { probability }) => sum + probability, 0);
  const background: RegionState = {
    region: "background",
    emission: ofGc(BACKGROUND_GC),
    next: [{ to: BACKGROUND, probability: 1 - leave }, ...entries],
  };
  const all = [background, ...states];
  return { ...hiddenMarkovSource(all), regions: all.map(({ region }) => region) };
}

function island(first: number): Structure {
  const next = stayOrLeave(first, ISLAND_LENGTH);
  return {
    states: [{ region: "island", emission: ofGc(ISLAND_GC), next }],
    entries: [{ to: first, probability: ISLAND_ENTRY }],
  };
}

/** A cycle of one state a letter, entered and left at any of them. */
function repeat(pattern: string, first: number): Structure {
  const places = [...pattern].map((_, i) => first + i);
  return {
    states: [...pattern].map((letter, i) => ({
      region: "repeat",
      emission: ofLetter(letter, REPEAT_FIDELITY),
      next: stayOrLeave(first + ((i + 1) % pattern.length), REPEAT_LENGTH),
    })),
    entries: places.map((to) => ({ to, probability: REPEAT_ENTRY / pattern.length })),
  };
}

/** A chain of one state a letter, from the first to the last. */
function motif(pattern: string, first: number): Structure {
  return {
    states: [...pattern].map((letter, i) => ({
      region: "motif",
      emission: ofLetter(letter, MOTIF_FIDELITY),
      next: [{ to: i + 1 < pattern.length ? first + i + 1 : BACKGROUND, probability: 1 }],
    })),
    entries: [{ to: first, probability: MOTIF_ENTRY }],
  };
}

/** On to `to`, or back to the background after `meanLength` bases on average. */
function stayOrLeave(to: number, meanLength: number): Transition[] {
  return [
    { to, probability: 1 - 1 / meanLength },
    { to: BACKGROUND, probability: 1 / meanLength },
  ];
}

/** Each pattern and its twin, the pattern read from the other strand. */
function bothStrands(patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => [
    pattern,
    [...pattern].reverse().map(complementOf).join(""),
  ]);
}

function complementOf(letter: string): string {
  const at = "ACGT".indexOf(letter);
  return at < 0 ? letter : ("TGCA"[at] as string);
}

function ofGc(gc: number): Emission {
  return [(1 - gc) / 2, gc / 2, gc / 2, (1 - gc) / 2];
}

function ofLetter(letter: string, fidelity: number): Emission {
  if (letter === ".") return ofGc(BACKGROUND_GC);
  const p = (base: string): number => (base === letter ? fidelity : (1 - fidelity) / 3);
  return [p("A"), p("C"), p("G"), p("T")];
}
