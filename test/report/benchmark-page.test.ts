import { describe, expect, test } from "vitest";
import { benchmarkPage } from "../../src/report/benchmark/benchmark-page.ts";
import type { BenchmarkRecord, SetReport } from "../../src/report/benchmark-record.ts";
import { METRIC_NAMES } from "../../src/report/metric-labels.ts";
import { readPublished } from "../../src/report/published/read-published.ts";
import { fabricatedBenchmark } from "../support/fabricated-benchmark.ts";
import { type HtmlDocument, type HtmlElement, within } from "../support/parse-html.ts";
import { expectSoundPage } from "./html/expect-sound-page.ts";
import { ancestors, tableRows } from "./html/table-rows.ts";

const record: BenchmarkRecord = {
  ...fabricatedBenchmark(),
  published: await readPublished(),
};
const page = expectSoundPage(benchmarkPage(record));

const number = (text: string | undefined): number =>
  Number((text ?? "").replace("−", "-").replaceAll(",", "").split("±")[0]);

describe("numbers shown are the record's", () => {
  test("accuracies of the overview, to the third digit, whole and de-duplicated", () => {
    const rows = tableRows(page, "Accuracy by set and model");
    expect(rows).toHaveLength(2 * record.sets.length);
    for (const [s, set] of record.sets.entries()) {
      for (const [t, kind] of (["whole", "deduplicated"] as const).entries()) {
        const row = rows[2 * s + t] ?? [];
        for (const [m, model] of set.models.entries()) {
          const accuracies = model.seeds.map(({ tests }) => tests[kind].accuracy ?? Number.NaN);
          const mean = accuracies.reduce((a, b) => a + b, 0) / accuracies.length;
          expect(Math.abs(number(row[m + 1]) - mean)).toBeLessThanOrEqual(0.000501);
        }
      }
    }
  });

  test("the best of a row is marked as such", () => {
    const [set] = record.sets;
    const best = page.all("td", "best").map(({ text }) => number(text));
    expect(best).toHaveLength(2 * record.sets.length);
    const highest = Math.max(
      ...(set?.models ?? []).map((m) => m.summary.whole.accuracy?.mean ?? 0),
    );
    expect(best[0]).toBeCloseTo(highest, 3);
  });

  test.each(record.sets.map((set, i) => [set.name, set, `set-${i + 1}`] as const))(
    "of %s: every metric, difference and leak",
    (_, set, section) => {
      expectMetrics(set, tableRows(page, "Every metric by model", section));
      const differences = tableRows(page, "Differences to each baseline", section);
      expect(differences).toHaveLength(2 * set.differences.length);
      for (const [i, { overSeeds }] of set.differences.entries()) {
        expect(number(differences[2 * i]?.[2])).toBeCloseTo(overSeeds.whole?.mean ?? 9, 3);
        expect(number(differences[2 * i + 1]?.[2])).toBeCloseTo(
          overSeeds.deduplicated?.mean ?? 9,
          3,
        );
      }
      const main = set.models.find(({ name }) => name === record.mainModel);
      expect(confusionOf(section)).toEqual(main?.confusion);
    },
  );

  test("leaks as counts beside shares", () => {
    const rows = tableRows(page, "Leakage by intervals");
    for (const [i, { leakage }] of record.sets.entries()) {
      expect(number(rows[i]?.[1])).toBe(leakage.intervals?.tests);
      expect(rows[i]?.[2]).toMatch(new RegExp(`%${leakage.intervals?.overlapping}$`));
      expect(rows[i]?.[5]).toMatch(new RegExp(`%${leakage.intervals?.copies}$`));
    }
    const inside = tableRows(page, "Test sequences inside pretraining windows");
    expect(inside[0]?.[2]).toMatch(
      new RegExp(`%${record.sets[0]?.leakage.pretraining?.touching}$`),
    );
  });

  test("parts add up", () => {
    for (const row of tableRows(page, "Sequences by part and class")) {
      const [all, ...counts] = row.slice(1).map(number).reverse();
      expect(counts.reduce((a, b) => a + b, 0)).toBe(all);
    }
  });
});

/** Counts alone: a cell's share of its row stands in small. */
function confusionOf(section: string): number[][] {
  const table = page
    .all("table", "confusion")
    .find((one) => ancestors(one).some(({ attributes }) => attributes.get("id") === section));
  const rows = within(table as HtmlElement).filter(({ parent }) => parent?.tag === "tbody");
  return rows.map(({ children }) =>
    children
      .slice(1)
      .map(({ text, children: [share] }) => number(text.replace(share?.text ?? "", ""))),
  );
}

function expectMetrics(set: SetReport, rows: string[][]): void {
  expect(rows).toHaveLength(2 * set.models.length);
  for (const [m, { summary }] of set.models.entries()) {
    for (const [i, name] of METRIC_NAMES.entries()) {
      expect(number(rows[2 * m]?.[i + 1])).toBeCloseTo(summary.whole[name]?.mean ?? 9, 3);
      expect(number(rows[2 * m + 1]?.[i + 1])).toBeCloseTo(
        summary.deduplicated[name]?.mean ?? 9,
        3,
      );
    }
  }
}

describe("published numbers", () => {
  test("stand in tables of their own, every one of them", () => {
    const shown = record.published.flatMap(({ paper, table }) =>
      tableRows(page, `${paper.split(",")[0]}, ${table}`).flatMap((row) =>
        row.slice(1).map((cell) => number(cell)),
      ),
    );
    const expected = record.published.flatMap(({ results }) => results.map(({ value }) => value));
    expect([...shown].sort()).toEqual([...expected].map((v) => Number(v.toFixed(3))).sort());
  });

  test("those selected on the test set are marked, and in no chart", () => {
    expect(page.all("span", "badge").map(({ text }) => text)).toEqual(["selected on test"]);
    const headings = page.all("text", "heading").map(({ text }) => text);
    expect(headings).toContain("Sahoo et al. 2024, Table 7");
    expect(headings.filter((text) => text.includes("Nguyen"))).toEqual([]);
  });

  test("no table has a paper's numbers beside ours", () => {
    const ours = tableRows(page, "Accuracy by set and model").flat().join(" ");
    for (const { results } of record.published)
      for (const { model } of results) expect(ours).not.toContain(model);
  });
});

test("the verdicts are the first lines", () => {
  const [verdict] = page.all("ul", "verdicts");
  const [section] = page.all("section");
  expect(page.elements.indexOf(verdict as never)).toBeLessThan(
    page.elements.indexOf(section as never),
  );
  expect(verdict?.text).toContain("DOES NOT BEAT 6-mer logistic regression");
  expect(verdict?.children.map(({ attributes }) => attributes.get("class"))).toEqual([
    "above",
    "below",
    "above",
    "absent",
  ]);
  expect(verdict?.children.at(-1)?.text).toMatch(
    /^–demo_human_or_wormLeft out: expected WBcel235, /,
  );
});

test("hostile names change text and nothing else", () => {
  const bad = `x" onload='alert(1)'><script>alert(1)</script><!-- </style></svg>&lt; é\u0000`;
  const hostile = hostileCopy(record, bad);
  const found = expectSoundPage(benchmarkPage(hostile));
  const skeleton = ({ elements }: HtmlDocument): string[] =>
    elements.map(({ tag, attributes }) => `${tag} ${[...attributes.keys()].join(" ")}`);
  expect(skeleton(found)).toEqual(skeleton(page));
  expect(found.all("h2")[1]?.text).toContain("<script>alert(1)</script>");
});

/** Every text that comes from outside ends in `bad`; names that refer to each other still do. */
function hostileCopy(source: BenchmarkRecord, bad: string): BenchmarkRecord {
  const json = JSON.stringify(source, (key, value: unknown) => {
    if (typeof value !== "string" || ["kind", "metric", "backend", "precision"].includes(key))
      return value;
    return value + bad;
  });
  return JSON.parse(json);
}

test("a record that was written and read again makes the same page", () => {
  expect(benchmarkPage(JSON.parse(JSON.stringify(record)))).toBe(benchmarkPage(record));
});

test("one seed, nothing published, nothing known of leaks, no trained network", () => {
  const lean = fabricatedBenchmark(1);
  const sets = lean.sets.map((set) => ({
    ...set,
    leakage: { intervals: undefined, sequences: undefined, pretraining: undefined },
    models: set.models.map((model) => ({
      ...model,
      tried: [],
      seeds: model.seeds.map((seed) => ({ ...seed, curve: [], settings: {} })),
      accuracyBy: { length: [], gc: [], nearest: [] },
    })),
  }));
  const found = expectSoundPage(benchmarkPage({ ...lean, sets }));
  expect(found.byId("published")).toBeUndefined();
  expect(found.all("body")[0]?.text).toContain("Nothing was trained in epochs.");
  expect(found.all("body")[0]?.text).toContain("By bases: not measured.");
  expect(() => tableRows(found, "Leakage by bases")).toThrow("no table");
});

describe("with trials that failed", () => {
  const failed = (name: string): BenchmarkRecord => {
    const sets = record.sets.map((set, i) =>
      i === 1 ? withoutModel(set, name, record.mainModel) : set,
    );
    return { ...record, sets };
  };

  test("of another network: its set says so, and has the rest", () => {
    const found = expectSoundPage(benchmarkPage(failed("cnn")));
    const [verdict] = found.all("ul", "verdicts");
    expect(verdict?.children[1]?.attributes.get("class")).toBe("below");
    expect(verdict?.children[1]?.text).toMatch(
      /DOES NOT BEAT .* The benchmark's CNN HAS NO RESULT: a trial failed in each of its settings\.$/,
    );
    expect(tableRows(found, "Trials that failed")).toEqual([
      ["the benchmark's CNN", "2", "lr 9, batchSize 128", "expected less", "trials/cnn/seed=2"],
    ]);
    const rows = tableRows(found, "Accuracy by set and model");
    expect([rows[2]?.[5], rows[4]?.[5]]).toEqual(["–", expect.stringMatching(/^0\.\d{3}/)]);
    expect(tableRows(found, "Differences to each baseline", "set-2")).toHaveLength(2 * 5);
  });

  test("of a setting: the model stands with another", () => {
    const [failure] = record.sets[1]?.failures ?? [];
    expect(tableRows(page, "Trials that failed")).toEqual([
      [failure?.label, "3", "lr 0.5, batchSize 128", failure?.reason, failure?.folder],
    ]);
    expect(page.all("ul", "verdicts")[0]?.text).not.toContain("HAS NO RESULT");
  });

  test("of the model of the report: nothing is said of it there", () => {
    const found = expectSoundPage(benchmarkPage(failed("tuned")));
    const [verdict] = found.all("ul", "verdicts");
    expect(verdict?.children.map(({ attributes }) => attributes.get("class"))).toEqual([
      ...["above", "failed", "above", "absent"],
    ]);
    const headings = (id: string): string[] =>
      within(found.byId(id) as HtmlElement)
        .filter(({ tag }) => tag === "h3")
        .map(({ text }) => text);
    const about = ["Against each baseline", "Calibration and confusion", "Where it is right"];
    expect(headings("set-1")).toEqual(expect.arrayContaining(about));
    expect(headings("set-2").filter((text) => about.includes(text))).toEqual([]);
    expect(headings("set-2")).toContain("Training");
  });
});

/** The set as it is where every setting of a model had a trial that failed. */
function withoutModel(set: SetReport, name: string, mainModel: string): SetReport {
  const model = set.models.find((one) => one.name === name);
  const failure = {
    ...{ model: name, label: model?.label ?? "", settings: { lr: 9, batchSize: 128 }, seed: 2 },
    ...{ reason: "expected less", folder: `trials/${name}/seed=2` },
  };
  return {
    ...set,
    models: set.models.filter((one) => one !== model),
    failures: [failure],
    differences: set.differences.filter(({ baseline }) => baseline !== name && name !== mainModel),
  };
}

test("what computed it stands at the end, with its precision where that is known", () => {
  const textOf = (provenance: BenchmarkRecord["provenance"]): string =>
    expectSoundPage(benchmarkPage({ ...record, provenance }))
      .all("dl")
      .at(-1)?.text ?? "";
  expect(textOf(record.provenance)).toContain("Backendnative, fp32Time5 h 12 min");
  const unknown = { ...record.provenance, precision: undefined, seconds: undefined };
  expect(textOf(unknown)).toContain("BackendnativeTime–");
});

test("secrets of a command, a configuration and a reason are not on the page", () => {
  const provenance = {
    ...record.provenance,
    command: "gdiff benchmark --fasta https://me:hunter2@host/a.fa?sig=hunter2",
    config: "apiKey: hunter2\n",
  };
  expect(benchmarkPage({ ...record, provenance })).not.toContain("hunter2");
});
