/** `gdiff data list`: the genomes and labelled sets that gdiff knows by name, and where their files are. */

import { homedir } from "node:os";
import type { BenchmarkManifest } from "../../../src/data/manifests/benchmark-manifest.ts";
import { manifestBases } from "../../../src/data/manifests/genome-manifest.ts";
import { readKnownBenchmarks } from "../../../src/data/manifests/node-known-benchmarks.ts";
import {
  type KnownGenome,
  readKnownGenomes,
} from "../../../src/data/manifests/node-known-genomes.ts";
import { type DataFolders, dataFolders } from "../../../src/data/store/data-folders.ts";
import { locateBenchmark, locateReference } from "../../../src/data/store/locate-benchmark.ts";
import { locateGenome } from "../../../src/data/store/locate-genome.ts";
import { rememberedVerdict, type Verdict } from "../../../src/data/store/remembered-verdict.ts";
import { formatCount } from "../../../src/util/format.ts";
import type { PipelineIo } from "../../io.ts";
import { formatTable } from "../text-table.ts";

export interface ListedGenome {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly about: string;
  /** Of the contigs that the manifest lists. */
  readonly contigs: number;
  readonly bases: number;
  /** Made by gdiff itself, without a file. */
  readonly isBuiltIn: boolean;
  /** The genome's file in the data folders; null when it is not there. */
  readonly path: string | null;
  /** What is remembered of the file; null where there is none. */
  readonly verdict: Verdict | null;
  /** Where it can be had; null where no public file is known. */
  readonly url: string | null;
  /** The manifest's file. */
  readonly manifest: string;
}

/** A labelled benchmark set. */
export interface ListedSet {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly about: string;
  readonly classes: readonly string[];
  /** Sequences of the official splits. */
  readonly train: number;
  readonly test: number;
  /** Folder of its interval files; null when they are not all there. */
  readonly path: string | null;
  /** What its sequences are read from, with the file of each; null where it is not there. */
  readonly references: readonly { readonly name: string; readonly path: string | null }[];
}

export interface ListSummary {
  /** Where genomes are looked for, in this order. */
  readonly searched: readonly string[];
  /** What takes downloads and records. */
  readonly written: string;
  readonly genomes: readonly ListedGenome[];
  readonly sets: readonly ListedSet[];
}

/** Prints a line a genome, and a line a set. */
export async function runDataList(io: Pick<PipelineIo, "stdout">): Promise<ListSummary> {
  const folders = dataFolders(process.env, homedir());
  const known = await readKnownGenomes(folders.searched);
  const genomes = await Promise.all(known.map((genome) => listedGenome(genome, folders)));
  const sets = (await readKnownBenchmarks()).map((set) => listedSet(set, known, folders));
  await io.stdout(`${listPage(genomes)}\n${setsPage(sets)}`);
  return { ...folders, genomes, sets };
}

async function listedGenome(genome: KnownGenome, folders: DataFolders): Promise<ListedGenome> {
  const path = locateGenome(genome, folders);
  return {
    name: genome.name,
    aliases: genome.aliases,
    about: genome.about,
    contigs: genome.contigs.length,
    bases: manifestBases(genome),
    isBuiltIn: genome.isBuiltIn,
    path: path ?? null,
    verdict: path === undefined ? null : await rememberedVerdict(genome, path, folders),
    url: genome.file?.url ?? null,
    manifest: genome.manifest,
  };
}

function listedSet(
  set: BenchmarkManifest,
  known: readonly KnownGenome[],
  folders: DataFolders,
): ListedSet {
  const { name, aliases, about, classes, references } = set;
  const sum = (split: "train" | "test"): number =>
    classes.reduce((total, one) => total + one[split], 0);
  return {
    name,
    aliases,
    about,
    classes: classes.map((one) => one.name),
    train: sum("train"),
    test: sum("test"),
    path: locateBenchmark(set, folders) ?? null,
    references: references.map((reference) => ({
      name: reference.name,
      path: locateReference(reference, known, folders)?.path ?? null,
    })),
  };
}

/** The sets as text, in columns. */
export function setsPage(sets: readonly ListedSet[]): string {
  const rows = sets.map(({ name, aliases, classes, train, test, path, references }) => [
    name,
    aliases.join(", "),
    formatCount(classes.length),
    formatCount(train),
    formatCount(test),
    references.map((one) => (one.path === null ? `${one.name} (not here)` : one.name)).join(", "),
    path ?? "not here; can be fetched",
  ]);
  const head = ["set", "also", "classes", "train", "test", "references", "intervals"];
  return formatTable(head, rows, { right: [2, 3, 4] });
}

/** The genomes as text, in columns. */
export function listPage(genomes: readonly ListedGenome[]): string {
  const rows = genomes.map((genome) => [
    genome.name,
    genome.aliases.join(", "),
    formatCount(genome.contigs),
    formatCount(genome.bases),
    genome.verdict ?? "",
    whereabouts(genome),
  ]);
  return formatTable(["name", "also", "contigs", "bases", "checked", "file"], rows, {
    right: [2, 3],
  });
}

function whereabouts({ isBuiltIn, path, url }: ListedGenome): string {
  if (isBuiltIn) return "built in";
  return path ?? (url === null ? "not here" : "not here; can be fetched");
}
