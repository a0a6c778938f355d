/** Paths of the data section, from the root. */

import { resolve } from "node:path";
import { isUrl, parseRemoteUrl } from "../src/util/http/remote-url.ts";
import type { DataConfig } from "./pretrain/sections.ts";

/** Returns the section with paths from the root: what it names is recorded, and used from any folder. */
export function absoluteData(data: DataConfig): DataConfig {
  const { fasta, bed, exclude } = data;
  return {
    ...data,
    ...(fasta === undefined ? {} : { fasta: fromAnywhere(fasta) }),
    ...(bed === undefined ? {} : { bed: resolve(bed) }),
    ...(exclude === undefined ? {} : { exclude: resolve(exclude) }),
  };
}

/** @throws {UsageError} when a URL is none that is read */
function fromAnywhere(pathOrUrl: string): string {
  return isUrl(pathOrUrl) ? parseRemoteUrl(pathOrUrl).href : resolve(pathOrUrl);
}
