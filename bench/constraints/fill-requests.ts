/** Designs of one request by one way of sampling, through what `gdiff generate` fills its rows by. */

import { chooseMethod } from "../../pipelines/generate/check-method.ts";
import { type Design, planDesign } from "../../pipelines/generate/constraints/design.ts";
import type { Constraints } from "../../pipelines/generate/constraints/options.ts";
import { type FilledRow, fillBatch } from "../../pipelines/generate/fill-batch.ts";
import { METHODS } from "../../pipelines/generate/methods.ts";
import { generateConfig } from "../../pipelines/generate/options.ts";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { mdlm } from "../../src/diffusion/mdlm.ts";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { ConfigError } from "../../src/errors.ts";
import { samplersOf } from "../../src/sampling/samplers-of.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { setsOfLetters } from "../../src/tokens/iupac.ts";
import { VARIANTS, type Variant } from "../samplers/variants.ts";
import type { DesignText } from "./random-request.ts";

export interface Way extends Variant {
  readonly particles?: number;
}

/** Every method in its variants, a window that moves, and particles. */
export const WAYS: readonly Way[] = [
  ...VARIANTS,
  { name: "random-order stride 8", sample: { method: "random-order", stride: 8 } },
  { name: "random-order particles 8", sample: { method: "random-order" }, particles: 8 },
];

/** Whose samplers these are. */
const OBJECTIVE = mdlm(noiseSchedule("loglinear"));
/** Bases of the window that a stride moves. */
const WINDOW = 16;

/** Returns the design of a request, or undefined where it is refused as impossible, or has no place in a way. */
export function designOf({ letters, asked }: DesignText, way: Way): Design | undefined {
  // A window that moves wants rows alike, as the command says.
  if (way.sample.stride !== undefined && asked.insert?.some((text) => text.includes("~"))) return;
  const all: Constraints = {
    ...asked,
    ...(way.particles === undefined ? {} : { particles: way.particles }),
  };
  const template = {
    ids: new Uint8Array(letters.length).fill(MASK_ID),
    sets: setsOfLetters(letters) as Uint8Array,
  };
  try {
    return planDesign(template, {
      ...{ asked: all, tries: 16, matrices: [], potentials: [], files: {} },
    });
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** Which designs are filled, and how. */
export interface FillSettings {
  /** Bases of a design. */
  readonly length: number;
  /** Number of the first among all samples. */
  readonly first: number;
  readonly count: number;
  readonly calls: number;
  readonly seed: number;
}

/**
 * Fills designs.
 *
 * @throws {SamplingError} when one broke its constraints as often as there are tries
 */
export function fillDesign(
  design: Design,
  way: Way,
  denoise: Denoise,
  { length, first, count, calls, seed }: FillSettings,
): Promise<readonly FilledRow[]> {
  const asked = generateConfig({ run: "none", seed, sample: { batchSize: 1024, ...way.sample } });
  const config = chooseMethod(asked, OBJECTIVE);
  return fillBatch(
    Array.from({ length: count }, (_, i) => {
      const sample = first + i;
      return {
        ...{ sample, id: String(sample), ids: new Uint8Array(length), free: design.free, design },
      };
    }),
    {
      ...{ denoise, calls, config, label: undefined },
      sampler: METHODS[config.sample.method].bind(samplersOf(OBJECTIVE.name), config.sample, {
        window: WINDOW,
      }),
    },
  );
}
