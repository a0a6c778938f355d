/** The schema and the parser say the same; Ajv reads the schema. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseGenomeManifest } from "../../../src/data/manifests/parse-genome-manifest.ts";
import { FileError } from "../../../src/errors.ts";
import { GOOD } from "./manifest-fixture.ts";
import { changed, disagreements, places } from "./schema-agreement.ts";

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

describe("the parser and the schema agree", () => {
  it("on each place taken away, and on each hostile value in each place", () => {
    expect(disagreements(GOOD, isParsed, (manifest) => isValid(manifest))).toEqual([]);
  });

  it("on random values in random places", () => {
    const anyValue = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.string({ unit: "binary", maxLength: 210 }),
      fc.integer(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places(GOOD)), anyValue, (place, value) => {
        const manifest = changed(GOOD, place, "replace", value);
        expect(isParsed(manifest)).toBe(isValid(manifest));
      }),
      { seed: 4, numRuns: 800 },
    );
  });
});
