/** Constraints ready for use: the file's under the flags', with what the files that they name hold. */

import type { Motif } from "../../../src/compare/motifs/motif.ts";
import { readMotifs } from "../../../src/compare/motifs/read-motifs.ts";
import { ConfigError } from "../../../src/errors.ts";
import type { BedInterval } from "../../../src/genome/bed.ts";
import { readBed } from "../../../src/genome/node-read-bed.ts";
import { readTextBytes } from "../../../src/genome/node-read-text.ts";
import type { PlacedMatrix } from "../../../src/sampling/position-prior.ts";
import { kmerPotential, matrixPotential } from "../../../src/sampling/potentials.ts";
import type { Potential } from "../../../src/sampling/sequential-monte-carlo.ts";
import { formatNames } from "../../../src/util/format.ts";
import { nearestName } from "../../../src/util/nearest-name.ts";
import { sha256Hex } from "../../../src/util/sha256.ts";
import {
  type MatrixName,
  type PotentialName,
  parseMatrixPlace,
  parsePotential,
} from "./constraint-texts.ts";
import type { ConstraintConfig, Constraints } from "./options.ts";
import { readConstraints } from "./read-constraints.ts";
import { type IupacRecord, readIupac } from "./read-iupac.ts";
import { readKmerScores } from "./read-kmer-scores.ts";

const MOST_BYTES = 2 ** 26;

export interface ConstraintInputs {
  /** As asked for, the file's and the flags' together. */
  readonly asked: Constraints;
  readonly tries: number;
  readonly mask?: readonly BedInterval[];
  readonly iupac?: readonly IupacRecord[];
  /** Of `asked.pwm`, in order. */
  readonly matrices: readonly PlacedMatrix[];
  readonly potentials: readonly Potential[];
  /** SHA-256 of what each file that is named holds. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Returns what the file and the flags ask for together.
 *
 * @throws {FileError | ConfigError} when the file is missing or refused
 */
export async function askedConstraints({
  file,
  tries: _,
  ...flags
}: ConstraintConfig): Promise<Constraints> {
  return { ...(file === undefined ? {} : await readConstraints(file)), ...flags };
}

/**
 * Loads what is asked for; undefined where nothing is.
 *
 * @throws {GdiffError} when a file is missing or refused
 */
export async function loadConstraints(
  asked: Constraints,
  tries: number,
): Promise<ConstraintInputs | undefined> {
  if (Object.keys(asked).length === 0) return undefined;
  const { mask, iupac, pwmWeight = 1, potentialWeight = 1 } = asked;
  const places = (asked.pwm ?? []).map((text) => parsed(parseMatrixPlace(text)));
  const names = (asked.potential ?? []).map((text) => parsed(parsePotential(text)));
  const matrices: PlacedMatrix[] = [];
  for (const { matrix, start } of places) {
    matrices.push({ matrix: await readMatrix(matrix), start, weight: pwmWeight });
  }
  const potentials: Potential[] = [];
  for (const name of names) potentials.push(await readPotential(name, potentialWeight));
  const paths = [
    ...[mask, iupac].filter((path) => path !== undefined),
    ...places.map(({ matrix }) => matrix.file),
    ...names.map((name) => (name.kind === "kmers" ? name.file : name.matrix.file)),
  ];
  return {
    ...{ asked, tries, matrices, potentials },
    ...(mask === undefined ? {} : { mask: await readBed(mask) }),
    ...(iupac === undefined ? {} : { iupac: await readIupac(iupac) }),
    files: await digests(new Set(paths)),
  };
}

/** Texts were checked when they were taken. */
export function parsed<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError("internal: expected a text that was checked");
  return value;
}

async function readMatrix({ file, name }: MatrixName): Promise<Motif> {
  const { motifs } = await readMotifs(file);
  const [first, ...others] = motifs;
  if (name === undefined && first !== undefined && others.length === 0) return first;
  const names = motifs.map((motif) => motif.name);
  if (name === undefined) {
    throw new ConfigError(
      `${file}: expected the name of one motif (FILE:NAME), as the file holds ${formatNames(names)}`,
    );
  }
  const found =
    motifs.find((motif) => motif.name === name) ?? motifs.find(({ label }) => label === name);
  if (found !== undefined) return found;
  const nearest = nearestName(name, names);
  throw new ConfigError(
    `${file}: expected motif ${name}, but the file holds ${formatNames(names)}${nearest === undefined ? "" : ` (${nearest}?)`}`,
  );
}

async function readPotential(name: PotentialName, weight: number): Promise<Potential> {
  if (name.kind === "kmers") return kmerPotential(await readKmerScores(name.file), weight);
  return matrixPotential(await readMatrix(name.matrix), weight);
}

async function digests(paths: ReadonlySet<string>): Promise<Record<string, string>> {
  const entries: [string, string][] = [];
  for (const path of paths) entries.push([path, sha256Hex(await readTextBytes(path, MOST_BYTES))]);
  return Object.fromEntries(entries);
}
