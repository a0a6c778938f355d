/** Constraints as people write them, in flags and YAML alike; positions from 1, ends included. */

import { FRAMES, type OpenFrame } from "../../../src/sampling/constraints/reading-frame.ts";
import { findEnzyme } from "../../../src/sampling/constraints/restriction-enzymes.ts";
import { setsOfLetters } from "../../../src/tokens/iupac.ts";

/** Longest word, motif or flank, in letters. */
const MOST_LETTERS = 1000;
const POSITION = String.raw`[1-9]\d{0,8}`;

/** Reads IUPAC letters as sets; undefined where they are none, or too many. */
export function parseLetters(text: string): Uint8Array | undefined {
  return text !== "" && text.length <= MOST_LETTERS ? setsOfLetters(text) : undefined;
}

/** A word to forbid: `EcoRI (GAATTC)`, or just `GAATTC`. */
export interface Site {
  readonly name: string;
  readonly sets: Uint8Array;
}

/** `EcoRI` or `GGTNACC`. */
export function parseSite(text: string): Site | undefined {
  const enzyme = findEnzyme(text);
  const letters = enzyme?.site ?? text.toUpperCase();
  const sets = parseLetters(letters);
  if (sets === undefined) return undefined;
  return { name: enzyme === undefined ? letters : `${enzyme.name} (${letters})`, sets };
}

/** Shares of G and C. */
export interface Shares {
  readonly least: number;
  readonly most: number;
}

/** `0.4-0.6`. */
export function parseShares(text: string): Shares | undefined {
  const [, low, high] = /^(\d+\.?\d*|\.\d+)-(\d+\.?\d*|\.\d+)$/.exec(text) ?? [];
  if (low === undefined || high === undefined) return undefined;
  const shares = { least: Number(low), most: Number(high) };
  return shares.least <= shares.most && shares.most <= 1 ? shares : undefined;
}

/** Bases of a window, and its own shares where it has them. */
export interface GcWindow {
  readonly window: number;
  readonly shares?: Shares;
}

/** `50`, or `50:0.3-0.7`. */
export function parseGcWindow(text: string): GcWindow | undefined {
  const [, window, own] = new RegExp(`^(${POSITION})(?::(.+))?$`).exec(text) ?? [];
  if (window === undefined) return undefined;
  if (own === undefined) return { window: Number(window) };
  const shares = parseShares(own);
  return shares && { window: Number(window), shares };
}

/** A motif that has to stand at a position, or to begin near it; from 0. */
export interface Insert {
  readonly letters: string;
  readonly sets: Uint8Array;
  readonly start: number;
  /** Bases that it may begin before or after that. */
  readonly distance: number;
}

/** `TATAWAW@70`, or within five bases of it `TATAWAW@70~5`. */
export function parseInsert(text: string): Insert | undefined {
  const [, motif = "", position, distance = "0"] =
    new RegExp(`^([^@]+)@(${POSITION})(?:~(${POSITION}))?$`).exec(text) ?? [];
  const letters = motif.toUpperCase();
  const sets = parseLetters(letters);
  if (sets === undefined) return undefined;
  return { letters, sets, start: Number(position) - 1, distance: Number(distance) };
}

/** A frame without stops; the whole sequence where no region is given. */
export interface FrameRequest {
  readonly region?: Omit<OpenFrame, "frame">;
  readonly frame: OpenFrame["frame"];
}

/** `1` or `-2`, or of a part `10-99:1`. */
export function parseFrame(text: string): FrameRequest | undefined {
  const [, start, end, number] =
    new RegExp(`^(?:(${POSITION})-(${POSITION}):)?(-?\\d)$`).exec(text) ?? [];
  const frame = FRAMES.find((one) => String(one) === number);
  if (frame === undefined) return undefined;
  if (start === undefined) return { frame };
  const region = { start: Number(start) - 1, end: Number(end) };
  return region.start < region.end ? { region, frame } : undefined;
}

/** A matrix of a motif file; its only one where no name is given. */
export interface MatrixName {
  readonly file: string;
  readonly name?: string;
}

/** `motifs.meme`, or `motifs.meme:TBP`. */
export function parseMatrix(text: string): MatrixName | undefined {
  const [, file, name] = /^(.+?)(?::([^:@/]+))?$/.exec(text) ?? [];
  if (file === undefined) return undefined;
  return name === undefined ? { file } : { file, name };
}

/** A matrix that is laid at a position, from 0. */
export interface MatrixPlace {
  readonly matrix: MatrixName;
  readonly start: number;
}

/** `motifs.meme:TBP@70`. */
export function parseMatrixPlace(text: string): MatrixPlace | undefined {
  const [, name, position] = new RegExp(`^(.+)@(${POSITION})$`).exec(text) ?? [];
  const matrix = name === undefined ? undefined : parseMatrix(name);
  return matrix && { matrix, start: Number(position) - 1 };
}

/** Where a potential comes from. */
export type PotentialName =
  | { readonly kind: "kmers"; readonly file: string }
  | { readonly kind: "pwm"; readonly matrix: MatrixName };

/** `kmers:scores.tsv`, or `pwm:motifs.meme:TBP`. */
export function parsePotential(text: string): PotentialName | undefined {
  const [, kind, rest = ""] = /^(kmers|pwm):(.+)$/.exec(text) ?? [];
  if (kind === "kmers") return { kind, file: rest };
  const matrix = kind === "pwm" ? parseMatrix(rest) : undefined;
  return matrix && { kind: "pwm", matrix };
}
