/** A genome of two contigs in two flavours, its manifest, and files of it. */

import { createHash } from "node:crypto";
import { wrapped } from "../../genome/fixtures.ts";
import { manifestText } from "./data-folder.ts";

const md5 = (letters: string): string =>
  createHash("md5").update(letters.toUpperCase()).digest("hex");

/** One code of IUPAC, some N, lower case. */
export const A = `${"ACGTTGCAAC".repeat(20)}nnnnR${"acgta".repeat(30)}`;
export const B = "GGCATTACGA".repeat(12);
/** The other flavour: the code replaced, as the analysis set does. */
export const A_MASKED = A.replace("R", "N");

export function toyManifest(more: object = {}): string {
  return manifestText(
    [
      { name: "chrA", length: A.length, md5: { plain: md5(A), masked: md5(A_MASKED) } },
      { name: "chrB", length: B.length, md5: { plain: md5(B), masked: md5(B) } },
    ],
    more,
  );
}

/** A FASTA of contigs by name, in lines of 50. */
export function fastaText(contigs: Readonly<Record<string, string>>, lineBases = 50): string {
  return Object.entries(contigs)
    .map(([name, bases]) => `>${name}\n${wrapped(bases, lineBases)}`)
    .join("");
}
