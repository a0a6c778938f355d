/**
 * Spoiled inputs to every parser: each is read or refused with an error of gdiff's own, soon, in little memory. A few
 * seconds here; GDIFF_FUZZ_MINUTES (scripts/fuzz.mjs) says how long, from another seed each time.
 */

import { expect, test } from "vitest";
import { GdiffError } from "../../../src/errors.ts";
import { dice } from "../fixtures.ts";
import { mutated } from "./mutate.ts";
import { FUZZ_TARGETS, type FuzzTarget } from "./targets.ts";

const MINUTES = Number(process.env.GDIFF_FUZZ_MINUTES ?? 0);
const SEED = Number(process.env.GDIFF_FUZZ_SEED ?? 1);
/** Inputs of a target when nobody says for how long. */
const INPUTS = 400;
/** A parser that takes longer over 64 KiB hangs. */
const MOST_SECONDS = 10;
/** What most targets' inputs may add to the memory of the process, at any time. */
const MOST_MIB = 512;

/** The input that was wrong, so that it can be tried again. */
function described(bytes: Uint8Array, what: string): Error {
  return new Error(`${what}; base64 of the input: ${Buffer.from(bytes).toString("base64")}`);
}

async function tryOne(target: FuzzTarget, bytes: Uint8Array): Promise<"read" | "refused"> {
  const begun = performance.now();
  let outcome: "read" | "refused" = "read";
  try {
    await target.run(bytes);
  } catch (error) {
    if (!(error instanceof GdiffError)) throw described(bytes, String(error));
    outcome = "refused";
  }
  const seconds = (performance.now() - begun) / 1000;
  if (seconds > MOST_SECONDS) throw described(bytes, `took ${seconds} s`);
  return outcome;
}

const time = MINUTES > 0 ? (MINUTES * 60_000) / FUZZ_TARGETS.length : 0;

test.each(FUZZ_TARGETS.map((target) => [target.name, target] as const))(
  "%s",
  { timeout: time + 60_000 },
  async (_, target) => {
    for (const seed of target.seeds) expect(await tryOne(target, seed)).toBe("read");
    const roll = dice(SEED);
    const any = (): Uint8Array => target.seeds[roll(target.seeds.length)] ?? new Uint8Array(0);
    const before = process.resourceUsage().maxRSS;
    const end = performance.now() + time;
    let count = 0;
    while (time > 0 ? performance.now() < end : count < INPUTS) {
      await tryOne(target, mutated(any(), any(), roll));
      count++;
    }
    const addedMib = (process.resourceUsage().maxRSS - before) / 1024;
    expect(addedMib).toBeLessThan(target.mostMib ?? MOST_MIB);
    if (time > 0) console.log(`${target.name}: ${count} inputs, ${addedMib.toFixed(0)} MiB more`);
  },
);
