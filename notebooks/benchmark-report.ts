// %% [markdown]
// # From labelled sequences to a report
//
// Labelled tables, a benchmark with its report, one classifier, and predictions of new sequences. The question,
// on the built-in genome: is a window of 48 bases a repeat?

// %%
import {
  benchmarkConfig,
  consoleIo,
  decodeIds,
  demoGenome,
  embedConfig,
  finetuneConfig,
  memoryGenome,
  predictConfig,
  pretrainConfig,
  readArrowTable,
  readWindow,
  runBenchmark,
  runEmbed,
  runFinetune,
  runPredict,
  runPretrain,
  spreadTiles,
  writeTable,
} from "gdiff";

const io = consoleIo();
const quiet = { ...io, stdout: async () => {} };
const { contigs, splits } = demoGenome(1);
const genome = memoryGenome("demo", contigs);

// %% [markdown]
// ## Labelled tables
//
// Columns `id`, `sequence` and `label`; CSV, TSV, Arrow and Parquet are read, and so is a folder of FASTA files, one a class.
// Windows that are partly a repeat are left out. What is pretrained on, and what is tested, lie on different contigs.

// %%
const windowTable = async (split: "train" | "test", count: number) => {
  const found: { id: string; sequence: string; label: string }[] = [];
  for (const interval of spreadTiles(splits[split], 48, count)) {
    const { ids, isSoftMasked } = await readWindow(genome, interval, "+");
    const share = isSoftMasked.reduce((sum, one) => sum + one, 0) / ids.length;
    if (share > 0.1 && share < 0.9) continue;
    const label = share >= 0.9 ? "repeat" : "unique";
    found.push({ id: `${interval.contig}:${interval.start}`, sequence: decodeIds(ids), label });
  }
  const column = (name: "id" | "sequence" | "label") => ({
    name,
    type: "utf8" as const,
    values: found.map((row) => row[name]),
  });
  await writeTable(`${split}.tsv`, {
    columns: [column("id"), column("sequence"), column("label")],
    metadata: {},
  });
  const repeats = found.filter(({ label }) => label === "repeat").length;
  console.log(`${split}.tsv: ${found.length} windows, ${repeats} of them repeats`);
};
await windowTable("train", 600);
await windowTable("test", 400);

// %% [markdown]
// ## The benchmark
//
// Models are trained over seeds, each another split of the training table; the first lines say whether the network beats
// 6-mer logistic regression. Every trial is a run folder, and a benchmark that was cut goes on where it stopped. `gdiff
// benchmark` does the same, and takes the Genomic Benchmarks by name.

// %%
await runPretrain(
  await pretrainConfig({
    preset: "demo",
    data: { genome: "demo" },
    train: { steps: 60, warmup: 10, emaDecay: 0.9 },
    precision: "fp32",
    out: "runs/pretrained",
  }),
  quiet,
);
const { report, trials } = await runBenchmark(
  await benchmarkConfig({
    run: "runs/pretrained",
    sets: ["train.tsv"],
    models: ["majority", "gc", "kmer6", "scratch", "tuned"],
    seeds: 2,
    lr: [2e-3],
    batch: [32],
    train: { epochs: 3 },
    data: { testShare: 0.3 },
    precision: "fp32",
    out: "bench",
  }),
  io,
);
console.log(`${trials} trials; open ${report?.html}`);

// %% [markdown]
// ## One classifier
//
// The epoch that is best on a tenth of the training windows is kept, and the test, from another contig, is read once at the
// end.

// %%
const tuned = await runFinetune(
  await finetuneConfig({
    run: "runs/pretrained",
    data: { train: "train.tsv", test: "test.tsv" },
    train: { epochs: 3, batchSize: 32, lr: 2e-3 },
    precision: "fp32",
    out: "runs/tuned",
  }),
  quiet,
);
const show = (mime: string, text: string) => ({
  [Symbol.for("Jupyter.display")]: () => ({ [mime]: text }),
});
const { classes = [], confusion = [] } = tuned.metrics?.test ?? {};
const row = (name: string, counts: readonly number[]) =>
  `<tr><th>${name}</th>${counts.map((count) => `<td>${count}</td>`).join("")}</tr>`;
show(
  "text/html",
  `<table><caption>Test windows: true class by row, predicted by column</caption>
<thead><tr><th></th>${classes.map((name) => `<th>${name}</th>`).join("")}</tr></thead>
<tbody>${classes.map((name, i) => row(name, confusion[i] ?? [])).join("")}</tbody></table>`,
);

// %% [markdown]
// ## Predictions and embeddings
//
// `gdiff predict` takes tables, FASTA or the intervals of a BED file; every number of a report can be computed again from its
// table. `gdiff embed` has what the backbone says of each sequence, a list of numbers that other tools read from Arrow.

// %%
const { metrics, predicted } = await runPredict(
  predictConfig({
    run: "runs/tuned",
    data: { file: "test.tsv" },
    out: "predicted.arrow",
    precision: "fp32",
  }),
  quiet,
);
const table = await readArrowTable("predicted.arrow");
console.log(table.columns.map(({ name, type }) => `${name}: ${type}`).join(", "));
const isAgain = metrics?.accuracy === tuned.metrics?.test?.accuracy;
console.log(`${predicted.length} classes predicted; the accuracy is that of the run: ${isAgain}`);
const { rows, width } = await runEmbed(
  embedConfig({
    run: "runs/tuned",
    data: { file: "test.tsv" },
    out: "embedded.arrow",
    precision: "fp32",
  }),
  quiet,
);
console.log(`${rows} embeddings of ${width} numbers`);
