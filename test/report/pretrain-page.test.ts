import { describe, expect, expectTypeOf, test } from "vitest";
import type { EvaluateSummary } from "../../pipelines/evaluate/run.ts";
import { pretrainVerdict } from "../../src/report/pretrain/best-baseline.ts";
import { pretrainCurve } from "../../src/report/pretrain/pretrain-curve.ts";
import { pretrainPage } from "../../src/report/pretrain/pretrain-page.ts";
import { thinCurve } from "../../src/report/pretrain/thin-curve.ts";
import type { PretrainEvaluation } from "../../src/report/pretrain-record.ts";
import { fabricatedPretrain } from "../support/fabricated-pretrain.ts";
import { hasClass } from "../support/parse-html.ts";
import { expectSoundPage } from "./html/expect-sound-page.ts";
import { tableRows } from "./html/table-rows.ts";

const record = fabricatedPretrain();
const page = expectSoundPage(pretrainPage(record));
const { evaluation } = record;
if (evaluation === undefined) throw new Error("expected an evaluation");

test("what gdiff evaluate prints is an evaluation of the record", () => {
  expectTypeOf<EvaluateSummary>().toExtend<PretrainEvaluation>();
});

describe("the verdict", () => {
  test("below every baseline, with the paired error", () => {
    const { standing, text } = pretrainVerdict(evaluation);
    expect(standing).toBe("above");
    expect(text).toBe(
      "The model needs at most 1.8700 bits per base, 0.0320 ± 0.0011 fewer than the best baseline, back-off of orders 0–12 (1.9020).",
    );
    expect(page.all("ul", "verdicts")[0]?.text).toContain(text);
  });

  test.each([
    [0.0315, "unclear", "NOT CLEARLY FEWER than the best baseline"],
    [0.04, "below", "NOT FEWER than the best baseline"],
  ])("%d bits more", (lift, standing, words) => {
    const worse = fabricatedPretrain(lift).evaluation;
    if (worse === undefined) throw new Error("expected an evaluation");
    const found = pretrainVerdict(worse);
    expect(found.standing).toBe(standing);
    expect(found.text).toContain(words);
  });

  test("without a baseline, or an error, nothing is clear", () => {
    const scores = { ...evaluation.scores, baselines: [] };
    expect(pretrainVerdict({ ...evaluation, scores }).standing).toBe("unclear");
    const baselines = evaluation.scores.baselines.map((one) => ({
      ...one,
      modelMinusBaseline: { bits: one.modelMinusBaseline.bits, bases: 1 },
    }));
    const single = { ...evaluation, scores: { ...evaluation.scores, baselines } };
    expect(pretrainVerdict(single).standing).toBe("unclear");
  });
});

describe("what kind of number it is", () => {
  const pageOf = (more: Partial<PretrainEvaluation>) =>
    expectSoundPage(pretrainPage({ ...record, evaluation: { ...evaluation, ...more } }));
  const textOf = (of: typeof page): string => of.all("main")[0]?.text ?? "";

  test("a bound has draws, with steps where time is discrete, and no note", () => {
    expect(textOf(page)).toContain("16 draws a window, seed 1.");
    expect(textOf(page)).toContain("of A, C, G, T, the forward strand;");
    expect(textOf(page)).toContain("the bound on the same windows with the same draws every time");
    expect(textOf(pageOf({ timeSteps: 1000 }))).toContain(
      "16 draws a window, seed 1, of 1,000 steps of time.",
    );
  });

  test("an exact one says so, also beside the curve", () => {
    const exact = textOf(pageOf({ likelihood: "exact", strand: "both" }));
    expect(exact).toContain("of A, C, G, T, both strands;");
    expect(exact).toContain(", exact.");
    expect(exact).toContain("Validation: the same windows every time");
    expect(exact).not.toContain("draws a window");
    expect(exact).not.toMatch(/\bbound\b/);
  });

  test("a run that was trained for something else is told apart", () => {
    expect(textOf(pageOf({ caveat: "the run learnt another thing" }))).toContain(
      "the run learnt another thing",
    );
  });
});

describe("numbers shown are the record's", () => {
  test("bits of the model, its parts and every baseline", () => {
    const rows = tableRows(page, "Bits per base");
    const { model, softMasked, notSoftMasked, baselines } = evaluation.scores;
    const expected = [model, softMasked, notSoftMasked, ...baselines].map((one) =>
      one?.bits.toFixed(4),
    );
    expect(rows.map((row) => row[1])).toEqual(expected);
    expect(rows.slice(3).map((row) => row[3])).toEqual([
      "−0.1300",
      "−0.0830",
      "−0.0510",
      "−0.0320",
    ]);
  });

  test("validations, mask rates and facts", () => {
    const validations = record.curve.filter(({ validBits }) => validBits !== undefined);
    const rows = tableRows(page, "Validations");
    expect(rows.map((row) => row[1])).toEqual(validations.map((one) => one.validBits?.toFixed(4)));
    expect(tableRows(page, "Bits by mask rate")).toHaveLength(10);
    expect(page.all("dl")[0]?.text).toContain("98,304,000"); // 12,000 × 32 × 256
  });

  test("samples: 60 bases of each, coloured by base, and its length", () => {
    const shown = page.all("span", "sequence");
    expect(shown.map(({ text }) => text)).toEqual(
      record.samples?.sequences.map(({ sequence }) => `${sequence.slice(0, 60)}…`),
    );
    for (const run of shown.flatMap(({ children }) => children)) {
      expect(hasClass(run, `base-${(run.text[0] ?? "").toLowerCase()}`)).toBe(true);
      expect(new Set(run.text).size).toBe(1);
    }
    expect(page.all("ol", "sequences")[0]?.text).toContain("sample-0: 256 bases");
  });
});

test("a run that has neither a log nor an evaluation nor samples", () => {
  const bare = { ...record, curve: [], evaluation: undefined, samples: undefined };
  const found = expectSoundPage(pretrainPage(bare));
  expect(found.all("body")[0]?.text).toContain("was not evaluated");
  expect(found.all("svg")).toEqual([]);
});

test("a run that was not validated says so, and has no table of nothing", () => {
  const curve = record.curve.map((point) => ({ ...point, validBits: undefined }));
  const found = expectSoundPage(pretrainPage({ ...record, curve }));
  expect(found.all("figcaption")[0]?.text).toContain("There was no validation yet.");
  expect(() => tableRows(found, "Validations")).toThrow("no table");
  expect(tableRows(page, "Validations").length).toBeGreaterThan(0);
});

test("hostile names are text", () => {
  const samples = {
    method: "<b>",
    temperature: 1,
    seed: 1,
    sequences: [
      { id: "<script>", sequence: `A<img src="x">&` },
      { id: "", sequence: "" },
    ],
  };
  const found = expectSoundPage(pretrainPage({ ...record, run: "<script>a</script>", samples }));
  expect(found.all("h1")[0]?.text).toBe("Pretraining <script>a</script>");
  expect(found.all("span", "sequence")[0]?.text).toBe(`A<img src="x">&`);
});

test("what gives access to a genome on a server is not on the page", () => {
  const url = "https://me:hunter2@host/a.fa.gz?signature=hunter2";
  const provenance = { ...record.provenance, data: [{ name: url, sha256: "00" }] };
  const signed = { ...evaluation, what: `the test split of ${url}` };
  const text = pretrainPage({ ...record, provenance, evaluation: signed });
  expect(text).not.toContain("hunter2");
  expect(text).toContain("host/a.fa.gz");
});

describe("the curve of a log", () => {
  test("takes numbers; null and what is absent are not known", () => {
    const records = [
      { step: 1, lossBits: null, learningRate: 0.1, seconds: 2 },
      { step: 2, lossBits: 1.9, gradientNorm: 1, validBits: 1.95, validStandardError: 0.01 },
    ];
    expect(pretrainCurve(records)).toEqual([
      { step: 1, learningRate: 0.1 },
      { step: 2, lossBits: 1.9, gradientNorm: 1, validBits: 1.95, validStandardError: 0.01 },
    ]);
  });

  test("is thinned to means of neighbours with their errors; short ones stay", () => {
    const points = Array.from({ length: 1001 }, (_, i) => [i, (i * 7) % 10] as const);
    const { line, band } = thinCurve(points, 100);
    expect(line).toHaveLength(91); // groups of 11
    expect(line[0]).toEqual([5, (0 + 7 + 4 + 1 + 8 + 5 + 2 + 9 + 6 + 3 + 0) / 11]);
    const values = [0, 7, 4, 1, 8, 5, 2, 9, 6, 3, 0];
    const squares = values.reduce((sum, value) => sum + (value - 45 / 11) ** 2, 0);
    const error = Math.sqrt(squares / 10 / 11);
    expect(band[0]?.[0]).toBe(5);
    expect(band[0]?.[1]).toBeCloseTo(45 / 11 - error, 12);
    expect(band[0]?.[2]).toBeCloseTo(45 / 11 + error, 12);
    const total = line.reduce((sum, [, y]) => sum + 11 * y, 0); // 1001 = 91 × 11
    expect(total).toBeCloseTo(
      points.reduce((sum, [, y]) => sum + y, 0),
      6,
    );
    expect(thinCurve(points.slice(0, 50), 100)).toEqual({ line: points.slice(0, 50), band: [] });
  });
});
