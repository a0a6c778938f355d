/** A digest of all that decides the bytes of generated sequences, so that a cut generation goes on with its own only. */

import { packageVersion } from "../../src/util/package-root.ts";
import { sha256Hex } from "../../src/util/sha256.ts";
import type { Arithmetic } from "../run-folder/arithmetic.ts";
import type { GenerateConfig } from "./options.ts";
import type { RequestPlan } from "./plan.ts";
import type { SampleOrigin } from "./provenance.ts";

/** Where the run lies and how many sequences a pass takes decide nothing. */
export function requestDigest(
  { sample, nelbo, constraints: { tries } }: GenerateConfig,
  { checkpointSha256, classifierSha256, seed, settings, constraints }: SampleOrigin,
  { count, prompts }: RequestPlan,
  arithmetic: Arithmetic,
): string {
  const decides = {
    gdiff: packageVersion(),
    checkpointSha256,
    classifierSha256,
    seed,
    settings,
    calls: sample.calls,
    length: sample.length,
    count,
    ...(constraints === undefined ? {} : { constraints: constraints.whole, tries }),
    prompts: prompts?.map(({ id, text }) => [id, text]),
    nelbo,
    arithmetic,
  };
  return sha256Hex(new TextEncoder().encode(JSON.stringify(decides)));
}
