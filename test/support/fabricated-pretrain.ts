/** A pretraining run that never was: numbers from a small generator. For tests of reports. */

import type {
  BaselineScore,
  PretrainPoint,
  PretrainRecord,
} from "../../src/report/pretrain-record.ts";
import { FABRICATED_PROVENANCE } from "./fabricated-benchmark.ts";
import { randomIds, xorshift32 } from "./random-ids.ts";

const STEPS = 12_000;
const VALID_EVERY = 500;
const BASES = 400_000;

/** @param lift bits added to the model's, so that it is worse */
export function fabricatedPretrain(lift = 0): PretrainRecord {
  const next = xorshift32(7);
  const bits = 1.87 + lift;
  const model = { bits, standardError: 0.004, bases: BASES };
  const baselines = [
    ["uniform", 2],
    ["Markov order 3", 1.953],
    ["Markov order 8", 1.921],
    ["back-off of orders 0–12", 1.902],
  ] as const;
  return {
    schema: 1,
    provenance: {
      ...FABRICATED_PROVENANCE,
      command: "gdiff pretrain --genome hg38 --preset hg38-small --out runs/hg38-small",
      config: "seed: 1\nmodel:\n  width: 192\n  layers: 4\ntrain:\n  steps: 12000\n",
    },
    run: "runs/hg38-small (fabricated)",
    objective: "mdlm",
    step: STEPS,
    plannedSteps: STEPS,
    parameters: 1_811_396,
    windowBases: 256,
    windowsPerStep: 32,
    checkpointSha256: "0f".repeat(32),
    arithmetic: "native, bf16, avx512bf16",
    curve: Array.from({ length: STEPS / 4 }, (_, i) => pointAt(4 * (i + 1), next)),
    evaluation: {
      what: "the test split of GRCh38",
      step: STEPS,
      likelihood: "bound",
      strand: "+",
      draws: 16,
      seed: 1,
      scores: {
        model,
        softMasked: { bits: bits - 0.05, standardError: 0.006, bases: BASES / 2 },
        notSoftMasked: { bits: bits + 0.05, standardError: 0.005, bases: BASES / 2 },
        byMaskRate: Array.from({ length: 10 }, (_, i) => ({
          from: i / 10,
          to: (i + 1) / 10,
          bits: 1.7 + lift + 0.028 * (i + next() / 3),
          standardError: 0.02 / (i + 1),
          bases: 4000 * (i + 1),
          draws: 1600,
        })),
        baselines: baselines.map(
          ([name, of]): BaselineScore => ({
            name,
            bits: of,
            standardError: 0.004,
            bases: BASES,
            modelMinusBaseline: { bits: bits - of, standardError: 0.0011, bases: BASES },
          }),
        ),
        windows: 1600,
      },
    },
    samples: {
      method: "ancestral, 256 calls",
      temperature: 1,
      seed: 1,
      sequences: Array.from({ length: 8 }, (_, i) => ({
        id: `sample-${i}`,
        sequence: [...randomIds(256, i + 1)].map((id) => "ACGTN"[id]).join(""),
      })),
    },
  };
}

function pointAt(step: number, next: () => number): PretrainPoint {
  const done = 1 - Math.exp(-step / 2500);
  const isValidated = step % VALID_EVERY === 0;
  return {
    step,
    lossBits: 2 - 0.12 * done + 0.25 * (next() + next() - 1),
    learningRate:
      0.002 * Math.min(1, step / 200) * (0.55 + 0.45 * Math.cos((Math.PI * step) / STEPS)),
    gradientNorm: 0.4 + 0.6 * Math.exp(-step / 400) + 0.1 * next(),
    validBits: isValidated ? 2 - 0.125 * done + 0.003 * next() : undefined,
    validStandardError: isValidated ? 0.005 : undefined,
  };
}
