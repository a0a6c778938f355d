/** `gdiff data list`: the genomes that gdiff knows by name, and where their files are. */

import { homedir } from "node:os";
import { readManifests } from "../../../src/data/manifests/node-read-manifest.ts";
import { dataFolders } from "../../../src/data/store/data-folders.ts";
import { locateGenome } from "../../../src/data/store/locate-genome.ts";
import { formatCount, formatOneLine } from "../../../src/util/format.ts";
import type { PipelineIo } from "../../io.ts";

export interface ListedGenome {
  readonly name: string;
  readonly aliases: readonly string[];
  /** Of the contigs that the manifest lists. */
  readonly contigs: number;
  readonly bases: number;
  /** The genome's file in the data folders; null when it is not there. */
  readonly path: string | null;
}

export interface ListSummary {
  /** Where genomes are looked for, in this order. */
  readonly searched: readonly string[];
  /** What takes downloads and records. */
  readonly written: string;
  readonly genomes: readonly ListedGenome[];
}

/** Prints a line a genome. */
export async function runDataList(io: Pick<PipelineIo, "stdout">): Promise<ListSummary> {
  const folders = dataFolders(process.env, homedir());
  const genomes = (await readManifests()).map((manifest) => ({
    name: manifest.name,
    aliases: manifest.aliases,
    contigs: manifest.contigs.length,
    bases: manifest.contigs.reduce((sum, { lengthBases }) => sum + lengthBases, 0),
    path: locateGenome(manifest, folders) ?? null,
  }));
  await io.stdout(listPage(genomes));
  return { ...folders, genomes };
}

/** The genomes as text, in columns. */
export function listPage(genomes: readonly ListedGenome[]): string {
  const rows = genomes.map(({ name, aliases, contigs, bases, path }) => [
    name,
    aliases.join(", "),
    formatCount(contigs),
    formatCount(bases),
    path ?? "not here",
  ]);
  const table = [["name", "also", "contigs", "bases", "file"], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const lines = table.map((row) =>
    row
      .map((cell, i) =>
        i === 2 || i === 3 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return `${lines.map(formatOneLine).join("\n")}\n`;
}
