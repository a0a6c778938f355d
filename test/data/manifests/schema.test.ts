/** The schema and the parser say the same; Ajv reads the schema. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseGenomeManifest } from "../../../src/data/manifests/parse-genome-manifest.ts";
import { FileError } from "../../../src/errors.ts";
import { GOOD } from "./manifest-fixture.ts";

const FOLDER = join(import.meta.dirname, "../../../data/manifests");
const schema: object = JSON.parse(readFileSync(join(FOLDER, "schema/genome.schema.json"), "utf8"));
const isValid = new Ajv2020({ strict: true, allErrors: false }).compile(schema);

/** What the parser checks beyond the schema, by the words of its refusals. */
const BEYOND_SCHEMA =
  / once, got | to name contigs of the manifest, | to describe each flavour | to have no file, /;

/** Whether the parser takes a manifest, or refuses it only for what a schema cannot say. */
function isParsed(manifest: unknown): boolean {
  try {
    parseGenomeManifest(JSON.stringify(manifest) ?? "", "a.json");
    return true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return BEYOND_SCHEMA.test(error.message);
  }
}

const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));

it("there are manifests", () => {
  expect(files).toEqual(
    expect.arrayContaining(["grch38.json", "demo.json", "sacCer3.json", "ecoli-k12.json"]),
  );
});

it.each(files)("%s is as the schema says, and parses", (name) => {
  const text = readFileSync(join(FOLDER, name), "utf8");
  isValid(JSON.parse(text));
  expect(isValid.errors).toBeNull();
  expect(() => parseGenomeManifest(text, name)).not.toThrow();
});

/** Values that stand where others should. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  1.5,
  2 ** 53,
  2 ** 53 - 1,
  1e300,
  "",
  " ",
  "a b",
  "a",
  "A\u0000",
  "é",
  "\u{1f9ec}",
  "\ud800",
  "a\u00a0b",
  "\u2028",
  "x".repeat(64),
  "x".repeat(65),
  "\u{1f9ec}".repeat(200),
  "\u{1f9ec}".repeat(201),
  "*",
  "**",
  "a*b",
  "https://a",
  "https://a\u0007",
  "http://a",
  "constructor",
  "0".repeat(32),
  "0".repeat(64),
  "G".repeat(32),
  [],
  {},
  [null],
  { a: 1 },
  { constructor: "0".repeat(32) },
  { toString: "a" },
  ["chr1", "chr1"],
];

type Json = { [key: string]: unknown } | unknown[];

/** Every place in a value, as the keys that lead to it. */
function places(value: unknown, path: readonly string[] = []): string[][] {
  const below =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, item]) => places(item, [...path, key]))
      : [];
  return [[...path], ...below];
}

/** A copy with one place replaced, removed, or given one key more. */
function changed(
  place: readonly string[],
  act: "replace" | "remove" | "add",
  value: unknown,
): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(GOOD));
  const last = place.at(-1);
  if (last === undefined) return act === "replace" ? value : copy;
  let holder = copy as Json;
  for (const key of place.slice(0, -1)) holder = Reflect.get(holder, key) as Json;
  if (act === "add" || act === "replace") {
    const key = act === "add" ? `${last}x` : last;
    Object.defineProperty(holder, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
  return JSON.parse(JSON.stringify(copy));
}

describe("the parser and the schema agree", () => {
  const everywhere = places(GOOD);

  it("on each place taken away, and on each hostile value in each place", () => {
    const differing: unknown[] = [];
    for (const place of everywhere) {
      for (const [act, value] of [
        ["remove", undefined] as const,
        ...HOSTILE.flatMap((one) => [["replace", one] as const, ["add", one] as const]),
      ]) {
        const manifest = changed(place, act, value);
        if (isParsed(manifest) !== isValid(manifest)) differing.push([place.join("."), act, value]);
      }
    }
    expect(differing).toEqual([]);
  });

  it("on random values in random places", () => {
    const anyValue = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.string({ unit: "binary", maxLength: 210 }),
      fc.integer(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...everywhere), anyValue, (place, value) => {
        const manifest = changed(place, "replace", value);
        expect(isParsed(manifest)).toBe(isValid(manifest));
      }),
      { seed: 4, numRuns: 800 },
    );
  });
});
