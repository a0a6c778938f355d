/** What identifies labelled sequences: classes, labels and bases, in their order. */

import { createHash } from "node:crypto";
import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";

/** SHA-256 in hex over the parts by name; ids and coordinates do not count. */
export function labelledDigest(
  parts: readonly (readonly [name: string, part: LabelledSequences])[],
): string {
  const hash = createHash("sha256");
  const numbers = new Uint32Array(2);
  for (const [name, { classes, sequences }] of parts) {
    hash.update(JSON.stringify([name, classes, sequences.length]));
    for (const { ids, label } of sequences) {
      numbers.set([label, ids.length]);
      hash.update(new Uint8Array(numbers.buffer)).update(ids);
    }
  }
  return hash.digest("hex");
}
