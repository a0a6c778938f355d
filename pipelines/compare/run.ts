/** `gdiff compare`: generated sequences beside real ones, in every measure, with intervals and what real DNA itself comes to. */

import { type Arms, armSize, dealArms } from "../../src/compare/arms.ts";
import type { ArmMatches } from "../../src/compare/memorisation/compare-memorisation.ts";
import { readCorePromoterMotifs, readMotifs } from "../../src/compare/motifs/read-motifs.ts";
import { judge } from "../../src/compare/standing.ts";
import { FileError } from "../../src/errors.ts";
import type { CompareRecord, LongestMatch } from "../../src/report/compare-record.ts";
import { formatCount } from "../../src/util/format.ts";
import type { PipelineIo } from "../io.ts";
import { embedArms } from "./arm-embeddings.ts";
import { compareProvenance } from "./compare-provenance.ts";
import { expectBases } from "./expect-bases.ts";
import { fileDigest } from "./file-digest.ts";
import { formatComparison } from "./format-report.ts";
import { measureArms } from "./measure-arms.ts";
import type { CompareConfig } from "./options.ts";
import { type ComparedSet, readSet } from "./read-set.ts";
import { heldOutNotes, setFacts, setNotes } from "./set-facts.ts";
import { type TrainingMatches, trainingMatches } from "./training-matches.ts";
import { checkReportPaths, writeComparison } from "./write-report.ts";

/** What a comparison came to; printed under `--json`. */
export interface CompareSummary {
  readonly record: CompareRecord;
  /** Page, JSON and table, where --report was given. */
  readonly files: readonly string[];
}

/** Of the generated that match the training set longest. */
const SHOWN_MATCHES = 10;

/**
 * Compares as `config` says: a table as text to stdout; with `config.report` a page, JSON and a table of every number.
 *
 * @throws {FileError} when there are too few sequences, or all their bases are N, or a file cannot be read
 * @throws {FastaError | TableError | CompressionError | MotifError} when a file is damaged
 * @throws {RunFolderError | CheckpointError} when the run is none, or has no whole checkpoint
 * @throws the reason of `io.signal` when it aborts; nothing is written then
 */
export async function runCompare(config: CompareConfig, io: PipelineIo): Promise<CompareSummary> {
  const { report, train: trainPath, run, seed, replicates } = config;
  if (report !== undefined) await checkReportPaths(report);
  const motifSet = await (config.motifs === undefined
    ? readCorePromoterMotifs()
    : readMotifs(config.motifs));
  const generated = await readSet(config.generated, config.length, io.signal);
  const reference = await readSet(config.reference, config.length, io.signal);
  for (const notice of [...generated.notices, ...reference.notices]) io.stderr(notice);
  expectTwoHalves(generated, reference);
  const arms = dealArms(generated.ids, reference.ids, seed);
  const sets = { generated: setFacts(generated), reference: setFacts(reference) };
  for (const { name, bases, unknown } of Object.values(sets)) expectBases(name, bases - unknown);
  const notes = setNotes({ generated, reference }, sets, arms);
  const embedded = run === undefined ? undefined : await embedArms(config, run, arms, io);
  const found = trainPath === undefined ? undefined : await matchesOf(trainPath, arms, io);
  if (found !== undefined) notes.push(...heldOutNotes(found.byArm.real));
  const measured = await measureArms(
    arms,
    {
      ...{ motifs: motifSet, motifPValue: config.motifPValue },
      embeddings: embedded?.embeddings,
      matches: found?.byArm,
      options: { seed, replicates },
    },
    io,
  );
  const paths = [config.generated, config.reference, trainPath, config.motifs];
  const digests = [];
  for (const path of paths) {
    if (path !== undefined) digests.push(await fileDigest(path, io.signal));
  }
  const record: CompareRecord = {
    schema: 1,
    provenance: compareProvenance(config, digests, embedded?.backend),
    sets,
    train: found?.train,
    embedding: embedded?.facts,
    sequences: arms.generated.length,
    ...{ seed, replicates },
    measures: judge(measured.results, replicates),
    absent: measured.absent,
    motifs: measured.motifs,
    longestMatches:
      found === undefined ? [] : longestMatches(generated, arms, found.byArm.generated.matches),
    notes,
  };
  const files = report === undefined ? [] : await writeComparison(report, record);
  const page = files[0] === undefined ? "" : `report ${files[0]}\n`;
  await io.stdout(`${formatComparison(record)}${page}`);
  return { record, files };
}

function expectTwoHalves(generated: ComparedSet, reference: ComparedSet): void {
  if (armSize(generated.ids.length, reference.ids.length) > 0) return;
  throw new FileError(
    `${reference.name}: expected two real sequences or more, as the reference is cut into two halves, got ${formatCount(reference.ids.length)} (give more of them, or cut long ones with --length)`,
  );
}

interface FoundMatches extends Pick<TrainingMatches, "train"> {
  readonly byArm: { readonly generated: ArmMatches; readonly real: ArmMatches };
}

async function matchesOf(path: string, arms: Arms, io: PipelineIo): Promise<FoundMatches> {
  const size = arms.generated.length;
  const { matches, train } = await trainingMatches(path, [...arms.generated, ...arms.real], io);
  const arm = (sequences: readonly Uint8Array[], from: number): ArmMatches => ({
    matches: matches.subarray(from, from + size),
    lengths: Uint32Array.from(sequences, ({ length }) => length),
  });
  return { train, byArm: { generated: arm(arms.generated, 0), real: arm(arms.real, size) } };
}

function longestMatches(
  { ids, names }: ComparedSet,
  { places }: Arms,
  matches: Uint32Array,
): LongestMatch[] {
  const all = Array.from(matches, (match, i): LongestMatch => {
    const place = places.generated[i] as number;
    return { name: names[place] as string, length: (ids[place] as Uint8Array).length, match };
  });
  return all.sort((a, b) => b.match - a.match).slice(0, SHOWN_MATCHES);
}
