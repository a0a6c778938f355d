/** Whether it is remembered that a genome's file is what its manifest says; nothing but the record is read. */

import { FileError } from "../../errors.ts";
import type { GenomeManifest } from "../manifests/genome-manifest.ts";
import { compareContigs, unknownBases } from "../manifests/recognise.ts";
import type { DataFolders } from "./data-folders.ts";
import { readRecord } from "./record-store.ts";

/** `changed`: since it was read last; `other bases`: it was read, and lacks contigs or has bases of no known flavour. */
export type Verdict = "verified" | "not verified" | "changed" | "other bases" | "unreadable";

/** Returns what is remembered of the file at `path`, which is said to be `genome`. */
export async function rememberedVerdict(
  genome: GenomeManifest,
  path: string,
  folders: DataFolders,
): Promise<Verdict> {
  try {
    const remembered = await readRecord(path, folders);
    switch (remembered.kind) {
      case "nothing":
      case "damaged":
        return "not verified";
      case "changed":
        return "changed";
      case "same": {
        const compared = compareContigs(genome, remembered.record.contigs);
        const isWhole = compared.missing.length === 0 && unknownBases(compared).length === 0;
        return isWhole ? "verified" : "other bases";
      }
      default:
        return remembered satisfies never;
    }
  } catch (error) {
    if (error instanceof FileError) return "unreadable";
    throw error;
  }
}
