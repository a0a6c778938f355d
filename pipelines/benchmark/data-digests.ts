/** Digests of what is given of a set, in the form that manifests have. */

import { sequencesDigest } from "../../src/data/labelled/set-digests.ts";
import type { DataDigest } from "../../src/report/provenance.ts";
import type { GivenSet } from "./set-files.ts";

export function dataDigests({ train, test }: GivenSet): readonly DataDigest[] {
  const { name } = train;
  if (test === undefined) return [{ name, sha256: sequencesDigest(train) }];
  return [
    { name: `${name}, train`, sha256: sequencesDigest(train) },
    { name: `${name}, test`, sha256: sequencesDigest(test) },
  ];
}
