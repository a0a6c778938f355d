/** An official set of the Genomic Benchmarks, from its intervals and the genomes that they are of. */

import { VerificationError } from "../../errors.ts";
import { formatNumberOf } from "../../util/format.ts";
import type { BenchmarkManifest, BenchmarkReference } from "../manifests/benchmark-manifest.ts";
import type { LabelledSet } from "./labelled-interval.ts";
import type { LabelledSequences } from "./labelled-sequence.ts";
import { type OpenReference, type ReferenceBases, referenceBases } from "./reference-bases.ts";
import { sequencesOfIntervals } from "./sequences-of-intervals.ts";
import { intervalsDigest, sequencesDigest } from "./set-digests.ts";

export type BuiltBenchmark =
  | { readonly kind: "built"; readonly train: LabelledSequences; readonly test: LabelledSequences }
  /** Without these the set cannot be built. */
  | { readonly kind: "missing"; readonly references: readonly BenchmarkReference[] };

/** Called after each interval; what it throws ends the building. */
type OnInterval = (done: number, total: number) => Promise<void> | void;

/**
 * Builds both official splits and checks what the manifest says of them: counts, intervals, and sequences where known.
 *
 * @param set the intervals, as `readLabelledSet` returns them
 * @param references by the names that the manifest gives them; the caller closes them
 * @throws {VerificationError} when the intervals or the sequences are not those of the manifest
 * @throws {RegionError} when a reference has no such contig, or a shorter one
 */
export async function buildBenchmark(
  manifest: BenchmarkManifest,
  set: LabelledSet,
  references: ReadonlyMap<string, OpenReference>,
  onInterval: OnInterval = () => {},
): Promise<BuiltBenchmark> {
  const missing = manifest.references.filter(({ name }) => !references.has(name));
  if (missing.length > 0) return { kind: "missing", references: missing };
  for (const split of ["train", "test"] as const) checkIntervals(manifest, set, split);

  const basesOf = classBases(manifest, references);
  const classes = manifest.classes.map(({ name }) => name);
  const total = set.train.length + set.test.length;
  const build = async (split: "train" | "test", before: number): Promise<LabelledSequences> => {
    const name = `${manifest.name}, ${split}`;
    const sequences = await sequencesOfIntervals(set[split], basesOf, {
      name,
      classes,
      idPrefix: `${split}/`,
      onInterval: (done) => onInterval(before + done, total),
    });
    const expected = manifest.sequences[split];
    if (expected === undefined || sequencesDigest(sequences) === expected) return sequences;
    const names = manifest.references.map(
      (reference) => references.get(reference.name)?.genome.name,
    );
    throw new VerificationError(
      `${name}: expected the sequences that are known of it, got others (is ${names.join(" or ")} another assembly, or masked?)`,
    );
  };
  const train = await build("train", 0);
  return { kind: "built", train, test: await build("test", set.train.length) };
}

/** The bases of each class. @throws {RangeError} when a reference of the manifest is not there */
export function classBases(
  manifest: BenchmarkManifest,
  references: ReadonlyMap<string, OpenReference>,
): ReadonlyMap<string, ReferenceBases> {
  const byReference = new Map(
    manifest.references.map((reference) => {
      const open = references.get(reference.name);
      if (open === undefined) throw new RangeError(`internal: expected ${reference.name} open`);
      return [reference.name, referenceBases(open, reference)];
    }),
  );
  return new Map(
    manifest.classes.map(({ name, reference }) => [
      name,
      byReference.get(reference) as ReferenceBases,
    ]),
  );
}

function checkIntervals(
  manifest: BenchmarkManifest,
  set: LabelledSet,
  split: "train" | "test",
): void {
  const refuse = (what: string): never => {
    throw new VerificationError(
      `${manifest.name}, ${split}: expected ${what} (are its interval files those of ${manifest.source.commit.slice(0, 8)}?)`,
    );
  };
  const counts = new Map<string, number>(manifest.classes.map(({ name }) => [name, 0]));
  for (const { label } of set[split]) {
    const count = counts.get(label);
    if (count === undefined) refuse(`classes ${[...counts.keys()].join(", ")}, got ${label} too`);
    else counts.set(label, count + 1);
  }
  for (const one of manifest.classes) {
    const got = counts.get(one.name) as number;
    if (got === one[split]) continue;
    refuse(`${formatNumberOf(one[split], "interval")} of class ${one.name}, got ${got}`);
  }
  if (intervalsDigest(set[split]) !== manifest.intervals[split]) {
    refuse("the intervals that the manifest says, got others of their number");
  }
}
