/**
 * `gdiff demo`: the main job on the built-in genome, whose source is known, so that the model's bound can stand beside
 * the true −log p of the same windows.
 */

import { join } from "node:path";
import { demoNats } from "../../src/data/demo/demo-genome.ts";
import { demoSource } from "../../src/data/demo/demo-source.ts";
import { spreadTiles } from "../../src/data/tiles.ts";
import { readWindow } from "../../src/data/window.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { evaluateConfig } from "../evaluate/options.ts";
import { type EvaluateSummary, runEvaluate } from "../evaluate/run.ts";
import { generateConfig } from "../generate/options.ts";
import { type GenerateSummary, runGenerate } from "../generate/run.ts";
import type { PipelineIo } from "../io.ts";
import { openData } from "../open-data.ts";
import { pretrainConfig } from "../pretrain/options.ts";
import { type PretrainSummary, runPretrain } from "../pretrain/run.ts";
import { arithmeticChoice } from "../shared-options.ts";
import { DEMO_PRESET, type DemoConfig } from "./options.ts";

/** Windows of the test split that are scored. */
const WINDOWS = 200;
const DRAWS = 8;

export interface DemoSummary {
  readonly run: string;
  readonly fasta: string;
  readonly numbers: string;
  /** The model's bound on held-out windows, bits per base. */
  readonly modelBits: number;
  /** The source's own −log p of the same windows, bits per base: no model can be below it on average. */
  readonly trueBits: number;
  readonly pretrain: PretrainSummary;
  readonly evaluate: EvaluateSummary;
  readonly generate: GenerateSummary;
}

/** Pretrains, evaluates and generates; ends by saying where everything is. */
export async function runDemo(config: DemoConfig, io: PipelineIo): Promise<DemoSummary> {
  const { out, seed, data, model, train, sample } = config;
  const arithmetic = arithmeticChoice(config);
  const quiet: PipelineIo = { ...io, stdout: async () => {} };
  const pretrain = await runPretrain(
    await pretrainConfig({
      preset: DEMO_PRESET,
      data,
      model,
      train,
      seed,
      ...arithmetic,
      ...(out === undefined ? {} : { out }),
    }),
    quiet,
  );
  const run = pretrain.run as string;
  const evaluate = await runEvaluate(
    evaluateConfig({
      run,
      windows: WINDOWS,
      draws: DRAWS,
      seed,
      ...arithmetic,
      table: [join(run, "test-windows.arrow")],
    }),
    io,
  );
  const fasta = join(run, "generated.fa");
  const generate = await runGenerate(
    generateConfig({ run, sample, seed, ...arithmetic, out: fasta }),
    quiet,
  );

  const trueBits = await sourceBits(config, { ...io, stderr: () => {} });
  const modelBits = evaluate.scores.model.bits;
  const numbers = join(run, "demo.json");
  const summary = { run, fasta, numbers, modelBits, trueBits, pretrain, evaluate, generate };
  await writeFileAtomic(
    numbers,
    new TextEncoder().encode(`${JSON.stringify(summary, undefined, 2)}\n`),
  );
  await io.stdout(`${closing(summary).join("\n")}\n`);
  return summary;
}

/** −log p of the evaluated windows under the source that made them, bits per base. */
async function sourceBits({ data }: DemoConfig, io: PipelineIo): Promise<number> {
  const { genome, splits } = await openData(data, io);
  const source = demoSource();
  let nats = 0;
  let bases = 0;
  for (const interval of spreadTiles(splits.test, data.length, WINDOWS)) {
    const { ids } = await readWindow(genome, interval, "+");
    nats += demoNats(ids, source);
    bases += ids.length;
  }
  await genome.close();
  return nats / Math.LN2 / bases;
}

function closing({ run, fasta, numbers, modelBits, trueBits }: DemoSummary): string[] {
  return [
    "",
    `The genome was made by a known source, so the truth is known: its own −log p of these windows is ${trueBits.toFixed(4)} bits per base;`,
    `the model's bound is ${modelBits.toFixed(4)}, ${(modelBits - trueBits).toFixed(4)} above it.`,
    "",
    `run folder  ${run}`,
    `new DNA     ${fasta}`,
    `numbers     ${numbers}`,
  ];
}
