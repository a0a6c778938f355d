// %% [markdown]
// # Design a promoter
//
// A masked diffusion model fills any positions in any order, so what has to be there can simply be there: flanks that are kept, a
// motif at its place, no site of an enzyme. This notebook makes designs around a TATA box under such constraints, looks each
// of them over, and compares what the model makes freely with real sequences. The model is a small one on the genome that
// is built into gdiff; with a run of your own the calls are the same.
//
// What a model designs is screened for sequences of concern before anybody synthesises it, as any other order is.

// %%
import {
  compareConfig,
  consoleIo,
  demoGenome,
  generateConfig,
  memoryGenome,
  pretrainConfig,
  readFastaRecords,
  runCompare,
  runGenerate,
  runPretrain,
  spreadTiles,
  writeTable,
} from "gdiff";

const io = { ...consoleIo(), stdout: async () => {} };
const run = "runs/promoter";
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
// ## What is asked for
//
// 120 bases between two flanks that a cloning vector brings. The TATA box stands thirty bases or so before the start of
// transcription at base 80, counted from 1 as all positions are, with an initiator around that. No EcoRI or BsaI site on either
// strand, the flanks included, no run of more than five equal bases, and as many G and C in every fifty bases as a synthesis
// takes. Temperature 1 samples from the model as it is; the constraints only take away what is forbidden.

// %%
const start = 80;
await runGenerate(
  generateConfig({
    run,
    sample: { count: 6, length: 120, calls: 60 },
    constraints: {
      flank5: "GGTACCGAGCTC",
      flank3: "AAGCTTGGCATT",
      insert: [`TATAAA@${start - 30}~2`, `TCAGTT@${start - 2}`],
      forbid: ["EcoRI", "BsaI"],
      maxHomopolymer: 5,
      gcWindow: "50:0.3-0.7",
    },
    precision: "fp32",
    out: "designs.fa",
  }),
  io,
);
const designs = await readFastaRecords("designs.fa");
for (const { id, sequence } of designs) console.log(id, sequence);

// %% [markdown]
// ## Whether they are what was asked for
//
// gdiff reads every sequence over before it is written, and writes none that breaks a rule. This looks again, with nothing of gdiff.

// %%
const reversed = (text: string): string =>
  [...text]
    .map((base) => "TGCA"["ACGT".indexOf(base)])
    .reverse()
    .join("");
const tss = start - 1; // as arrays count
const broken: string[] = [];
for (const { id, sequence: text } of designs) {
  const box = text.slice(tss - 30 - 2, tss - 30 + 2 + 6).includes("TATAAA");
  const sites = ["GAATTC", "GGTCTC"].some(
    (site) => text.includes(site) || text.includes(reversed(site)),
  );
  const shares = Array.from({ length: text.length - 49 }, (_, i) => {
    const window = text.slice(i, i + 50);
    return window.replaceAll(/[AT]/g, "").length / 50;
  });
  const isKept = text.startsWith("GGTACCGAGCTC") && text.endsWith("AAGCTTGGCATT");
  const isGc = Math.min(...shares) >= 0.3 && Math.max(...shares) <= 0.7;
  const isWhole = box && isKept && isGc && text.slice(tss - 2, tss + 4) === "TCAGTT";
  if (!isWhole || sites || /(.)\1{5}/.test(text)) broken.push(id);
}
console.log(`designs that break a constraint: ${broken.length === 0 ? "none" : broken.join(", ")}`);

// %% [markdown]
// ## What cannot be
//
// A request that no sequence fulfils is refused before anything is computed, with the positions that are in each other's way.

// %%
try {
  await runGenerate(
    generateConfig({
      run,
      sample: { count: 1, length: 120 },
      constraints: { insert: ["GAATTCAA@40"], forbid: ["EcoRI"] },
    }),
    io,
  );
} catch (error) {
  console.log((error as Error).message);
}

// %% [markdown]
// ## Beside real sequences
//
// Designs that keep a rule need not look like DNA. So the model's free samples stand beside windows that it was not trained on, in
// the measures of `gdiff compare`; the last column is what other real windows come to in the place of the generated ones.

// %%
await runGenerate(
  generateConfig({ run, sample: { count: 60, calls: 32 }, precision: "fp32", out: "free.fa" }),
  io,
);
const { contigs, splits } = demoGenome(1);
const genome = memoryGenome("demo", contigs);
const tiles = spreadTiles(splits.test, 128, 120);
const real = await Promise.all(tiles.map((tile) => genome.read(tile)));
const held = real.map((bases) => new TextDecoder().decode(bases).toUpperCase());
await writeTable("held-out.arrow", {
  columns: [
    { name: "id", type: "utf8", values: held.map((_, i) => `window-${i}`) },
    { name: "sequence", type: "utf8", values: held },
  ],
  metadata: {},
});
const { record } = await runCompare(
  compareConfig({ generated: "free.fa", reference: "held-out.arrow", replicates: 100 }),
  io,
);
const shown = record.measures
  .flatMap(({ figures }) => figures)
  .filter(({ name }) => ["gc-mean", "divergence-3", "auroc"].includes(name));
console.log(`${"".padEnd(40)} generated   real   generated is`);
for (const { label, generated: made, real: other, standing } of shown) {
  const [first, second] = [made, other].map(({ value }) => value?.toFixed(3) ?? "");
  console.log(`${label.padEnd(40)} ${first?.padStart(9)}  ${second}  ${standing}`);
}
