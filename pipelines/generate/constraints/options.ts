/** What generated sequences have to be, as flags and YAML say it. A file of constraints has the same keys. */

import type { OptionTable } from "../../../src/config/option-table.ts";
import {
  fraction,
  integerFrom,
  nonNegativeNumber,
  positiveInteger,
  text,
} from "../../../src/config/value-types.ts";
import { nearestEnzyme } from "../../../src/sampling/constraints/restriction-enzymes.ts";
import {
  parseFrame,
  parseGcWindow,
  parseInsert,
  parseLetters,
  parseMatrixPlace,
  parsePotential,
  parseShares,
  parseSite,
} from "./constraint-texts.ts";
import { written, writtenList } from "./constraint-types.ts";

/** What a file of constraints may hold; the texts are those of constraint-texts.ts. */
export interface Constraints {
  readonly mask?: string;
  readonly iupac?: string;
  readonly flank5?: string;
  readonly flank3?: string;
  readonly insert?: readonly string[];
  readonly forbid?: readonly string[];
  readonly maxHomopolymer?: number;
  readonly noStops?: readonly string[];
  readonly gc?: string;
  readonly gcWindow?: string;
  readonly gcTarget?: number;
  readonly pwm?: readonly string[];
  readonly pwmWeight?: number;
  readonly potential?: readonly string[];
  readonly potentialWeight?: number;
  readonly particles?: number;
}

export interface ConstraintConfig extends Constraints {
  /** YAML of constraints, under the flags. */
  readonly file?: string;
  /** How often a design may break a constraint before that is an error. */
  readonly tries: number;
}

const siteText = written(
  "SITE",
  (site) => {
    const nearest = nearestEnzyme(site);
    const hint = nearest === undefined ? "" : ` (${nearest}?)`;
    return `an enzyme such as EcoRI or IUPAC letters such as GGTNACC${hint}`;
  },
  (value) => parseSite(value) !== undefined,
);
const lettersText = written(
  "LETTERS",
  () => "1 to 1000 IUPAC letters of DNA",
  (value) => parseLetters(value) !== undefined,
);
const insertText = written(
  "MOTIF@POSITION",
  () => "IUPAC letters at a position from 1, TATAWAW@70, or near it, TATAWAW@70~5",
  (value) => parseInsert(value) !== undefined,
);
const frameText = written(
  "FRAME",
  () => "a frame 1, 2, 3, -1, -2 or -3, or of a part of the sequence, 10-99:1",
  (value) => parseFrame(value) !== undefined,
);
const gcText = written(
  "X-X",
  () => "two shares from 0 to 1, the smaller first, such as 0.4-0.6",
  (value) => parseShares(value) !== undefined,
);
const gcWindowText = written(
  "N",
  () => "a number of bases such as 50, or with its own shares 50:0.3-0.7",
  (value) => parseGcWindow(value) !== undefined,
);
const matrixText = written(
  "FILE:NAME@POSITION",
  () => "a matrix at a position from 1, motifs.meme:TBP@70",
  (value) => parseMatrixPlace(value) !== undefined,
);
const potentialText = written(
  "KIND:FILE",
  () => "kmers:FILE.tsv or pwm:FILE.meme:NAME",
  (value) => parsePotential(value) !== undefined,
);

/** The keys of a file of constraints. */
export const fileConstraintOptions: OptionTable<Constraints> = {
  mask: {
    type: text("BED"),
    default: undefined,
    flag: "--mask",
    help: "design these regions of --prompt anew, keep the rest",
  },
  iupac: {
    type: text("FASTA"),
    default: undefined,
    flag: "--iupac",
    help: "allow each position the bases of its IUPAC letter; beside --prompt, by record",
  },
  flank5: { type: lettersText, default: undefined, flag: "--flank5", help: "first bases, kept" },
  flank3: { type: lettersText, default: undefined, flag: "--flank3", help: "last bases, kept" },
  insert: {
    type: writtenList(insertText),
    default: undefined,
    flag: "--insert",
    help: "a motif at a position, or with ~N within N bases of it",
  },
  forbid: {
    type: writtenList(siteText),
    default: undefined,
    flag: "--forbid",
    help: "sites that may stand on neither strand: enzymes or IUPAC letters",
  },
  maxHomopolymer: {
    type: positiveInteger(1000),
    default: undefined,
    unit: "bases",
    flag: "--max-homopolymer",
    help: "longest run of one base",
  },
  noStops: {
    type: writtenList(frameText),
    default: undefined,
    flag: "--no-stops",
    help: "a reading frame without stop codons, 1 or -1, or of a part 10-99:1",
  },
  gc: { type: gcText, default: undefined, flag: "--gc", help: "share of G and C" },
  gcWindow: {
    type: gcWindowText,
    default: undefined,
    unit: "bases",
    flag: "--gc-window",
    help: "every window of so many bases has the share of --gc too, or its own, 50:0.3-0.7",
  },
  gcTarget: {
    type: fraction(),
    default: undefined,
    flag: "--gc-target",
    help: "lean towards this share of G and C",
  },
  pwm: {
    type: writtenList(matrixText),
    default: undefined,
    flag: "--pwm",
    help: "lean towards a matrix of a MEME file at a position",
  },
  pwmWeight: {
    type: nonNegativeNumber(),
    default: undefined,
    flag: "--pwm-weight",
    help: "how much --pwm counts; 1 without it",
  },
  potential: {
    type: writtenList(potentialText),
    default: undefined,
    flag: "--potential",
    help: "favour designs by a score, with --particles: of k-mers, or of a matrix' best place",
  },
  potentialWeight: {
    type: nonNegativeNumber(),
    default: undefined,
    flag: "--potential-weight",
    help: "how much --potential counts; 1 without it",
  },
  particles: {
    type: integerFrom(2, 4096),
    default: undefined,
    flag: "--particles",
    help: "make each design out of so many by sequential Monte Carlo, at as many times the cost",
  },
};

export const constraintOptions: OptionTable<ConstraintConfig> = {
  file: {
    type: text("FILE"),
    default: undefined,
    flag: "--constraints",
    help: "YAML with constraints, under the flags",
  },
  ...fileConstraintOptions,
  tries: {
    type: positiveInteger(256), // addresses of draws stay below 2^53
    default: 16,
    help: "how often a design that breaks a constraint is made anew",
  },
};
