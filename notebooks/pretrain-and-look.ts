// %% [markdown]
// # Pretrain and look
//
// What a run leaves behind, and how to look into it: the curve of its training, where its bits are spent, what it expects
// at a masked base, and the page that says it all.

// %%
import {
  consoleIo,
  demoGenome,
  disposeParams,
  evaluateConfig,
  LETTERS,
  loadRun,
  MASK_ID,
  memoryGenome,
  networkDenoise,
  paramsFromArrays,
  pretrainConfig,
  pretrainCurve,
  readMetrics,
  readWindow,
  reportConfig,
  runEvaluate,
  runPretrain,
  runReport,
  spreadTiles,
  subsLogProbs,
} from "gdiff";

const io = consoleIo();
const run = "runs/look";
const { step } = await runPretrain(
  await pretrainConfig({
    preset: "demo",
    data: { genome: "demo" },
    train: { steps: 120, warmup: 20, emaDecay: 0.95, validEvery: 20 },
    precision: "fp32",
    out: run,
  }),
  io,
);
console.log(`${step} steps`);

// %% [markdown]
// ## The curve
//
// `metrics.jsonl` has a line a step. A figure is text: the last value of a cell is shown where it says how, by the
// convention of Deno's kernel.

// %%
const curve = pretrainCurve(await readMetrics(`${run}/metrics.jsonl`));
const show = (mime: string, text: string) => ({
  [Symbol.for("Jupyter.display")]: () => ({ [mime]: text }),
});
const at = (step: number, bits: number) =>
  `${(40 + 3 * step).toFixed(0)},${(20 + 300 * (2.2 - bits)).toFixed(0)}`;
const trained = curve.map(({ step, lossBits = 2 }) => at(step, lossBits));
const validated = curve.flatMap(({ step, validBits }) =>
  validBits === undefined ? [] : [at(step, validBits)],
);
console.log(`${curve.length} steps, ${validated.length} validations`);
show(
  "image/svg+xml",
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 200" width="420" height="200" font-family="sans-serif" font-size="11">
<title>Bits per base by step: training in grey, validation in blue</title>
<line x1="40" x2="400" y1="80" y2="80" stroke="#bbb" stroke-dasharray="3"/><text x="2" y="84">2.0 bits</text>
<polyline points="${trained.join(" ")}" fill="none" stroke="#999"/>
<polyline points="${validated.join(" ")}" fill="none" stroke="#0b6bb8" stroke-width="2.5"/>
<text x="180" y="195">step 1 to ${curve.length}</text>
</svg>`,
);

// %% [markdown]
// ## Where the bits are spent
//
// The evaluation has the bits of a masked base by the share of its window that was masked. Here they are alike: after so few
// steps the network knows the shares of the four bases and little else. One that uses neighbours has fewer bits where more of
// them are seen; `gdiff demo` trains five times as long.

// %%
const { scores } = await runEvaluate(
  evaluateConfig({ run, windows: 50, draws: 4, precision: "fp32" }),
  { ...io, stdout: async () => {} },
);
const rows = scores.byMaskRate.map(
  ({ from, to, bits }) =>
    `<tr><td>${(100 * from).toFixed(0)}–${(100 * to).toFixed(0)} %</td><td>${bits.toFixed(2)}</td></tr>`,
);
show(
  "text/html",
  `<table><thead><tr><th>masked</th><th>bits a masked base</th></tr></thead><tbody>${rows.join("")}</tbody></table>`,
);

// %% [markdown]
// ## What it expects
//
// One base of a test window is masked; the network's answer beside the base that stood there.

// %%
const { contigs, splits } = demoGenome(1);
const genome = memoryGenome("demo", contigs);
const loaded = await loadRun(run);
const params = paramsFromArrays(loaded.weights);
const denoise = networkDenoise(params, loaded.config.model);
for (const interval of spreadTiles(splits.test, 128, 3)) {
  const { ids } = await readWindow(genome, interval, "+");
  const truth = ids[64] ?? MASK_ID;
  const masked = ids.with(64, MASK_ID);
  const logits = await denoise(masked, { batch: 1, length: masked.length });
  const logProbs = new Float64Array(4);
  subsLogProbs(logits, 64, MASK_ID, logProbs);
  const shares = Array.from(
    logProbs,
    (value, id) => `${LETTERS[id]} ${Math.exp(value).toFixed(2)}`,
  );
  console.log(`expects ${shares.join(", ")}; it was ${LETTERS[truth]}`);
}
disposeParams(params);

// %% [markdown]
// ## The page
//
// `gdiff report runs/look` writes the same: one file that needs nothing else.

// %%
const { files } = await runReport(
  reportConfig({ run, windows: 20, samples: 4, date: "today", precision: "fp32" }),
  { ...io, stdout: async () => {} },
);
console.log(`open ${files.join(", ")}`);
