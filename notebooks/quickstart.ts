// %% [markdown]
// # Quickstart
//
// A masked diffusion model of DNA, from nothing to new sequence, on the genome that is built into gdiff. Its source is
// known, so the truth is known: no model can need fewer bits per base, on average, than the source itself.
//
// The cells run in order, in any kernel of TypeScript or JavaScript with top-level `await`; the run is made in `runs/`, a folder that
// must not be there yet.

// %%
import {
  consoleIo,
  demoGenome,
  demoNats,
  evaluateConfig,
  generateConfig,
  memoryGenome,
  pretrainConfig,
  readWindow,
  runEvaluate,
  runGenerate,
  runPretrain,
  spreadTiles,
} from "gdiff";

const io = consoleIo();
const run = "runs/quickstart";

// %% [markdown]
// ## The data
//
// Three contigs with a split each. Lower case marks the repeats; gdiff keeps it as a track beside the bases.

// %%
const { contigs, splits } = demoGenome(1);
const genome = memoryGenome("demo", contigs);
for (const { name, length } of genome.contigs) console.log(name, length);
for (const interval of spreadTiles(splits.test, 128, 1)) {
  const window = await readWindow(genome, interval, "+");
  const bits = demoNats(window.ids) / Math.LN2 / window.ids.length;
  console.log(new TextDecoder().decode(await genome.read(interval)));
  console.log(`bits per base of this window under its source: ${bits.toFixed(3)}`);
}

// %% [markdown]
// ## Training
//
// Thirty steps are enough to see it move; `gdiff demo` takes more. Products are in float32, so that another processor gives
// nearly the same numbers.

// %%
const { validBits } = await runPretrain(
  await pretrainConfig({
    preset: "demo",
    data: { genome: "demo" },
    train: { steps: 30, warmup: 5, emaDecay: 0.9 },
    precision: "fp32",
    out: run,
  }),
  io,
);
console.log(`validation: at most ${validBits?.toFixed(2)} bits per base`);

// %% [markdown]
// ## Evaluation
//
// The counting bound of arXiv:2406.07524's model, beside models without a network, on windows that were not trained on.

// %%
const { scores } = await runEvaluate(
  evaluateConfig({ run, windows: 20, draws: 2, precision: "fp32" }),
  io,
);
console.log(`model minus uniform: ${(scores.model.bits - 2).toFixed(2)} bits per base`);

// %% [markdown]
// ## New sequence

// %%
await runGenerate(
  generateConfig({ run, sample: { count: 2, length: 60, calls: 20 }, precision: "fp32" }),
  io,
);
console.log("each record says how it is made again");
