/** The doubled pattern of block diffusion against bd3lms's block_diff_mask. */

import { beforeAll, expect, it } from "vitest";
import { patternScores } from "../../src/ops/attention-pattern.ts";
import { useBackend } from "../support/backend.ts";
import { type Positions, readGolden } from "../support/golden.ts";

const { masks } = readGolden<{
  masks: readonly { readonly length: number; readonly block: number; readonly sees: Positions }[];
}>("bd3lms");

beforeAll(() => useBackend("cpu"));

it.each(masks)("$length positions in blocks of $block", async ({ length, block, sees }) => {
  const sizes = { batch: 1, queries: 2 * length, keys: 2 * length };
  const scores = patternScores({ kind: "doubled-blocks", block }, undefined, sizes);
  const own = Array.from((await scores?.data()) ?? [], (score) => (score === 0 ? 1 : 0));
  expect(own).toEqual(sees.flat());
});
