import type { GenomeManifest } from "../../../src/data/manifests/genome-manifest.ts";
import { shellWord } from "../../../src/util/shell-word.ts";
import type { PipelineIo } from "../../io.ts";

/** What fetching a genome touches of the outside. */
export type FetchIo = Pick<PipelineIo, "stderr" | "progress" | "signal">;

/** What bgzip may take more than the gzip that it is made from: it resets its dictionary with every block. */
const GROWTH = 1.25;

/** Bytes of disk that fetching a file of `bytes` takes until it is done. */
export function spaceBytes(bytes: number): number {
  return bytes * (1 + GROWTH);
}

/** The command that brings a genome from there, as a shell takes it. */
export function fetchCommand(
  { name, file }: GenomeManifest,
  from: string,
  asked: string = name,
): string {
  const flag = from === file?.url ? "" : ` --from ${shellWord(from)}`;
  return `gdiff data fetch ${asked}${flag}`;
}
