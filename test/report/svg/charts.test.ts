import { describe, expect, test } from "vitest";
import { binPlot } from "../../../src/report/svg/bin-plot.ts";
import { shortened } from "../../../src/report/svg/chart.ts";
import { dotPlot } from "../../../src/report/svg/dot-plot.ts";
import { linePlot } from "../../../src/report/svg/line-plot.ts";
import { reliabilityPlot } from "../../../src/report/svg/reliability-plot.ts";
import { calibrationError } from "../../../src/stats/metrics/calibration.ts";
import { metricsOf } from "../../../src/stats/metrics/metrics-of.ts";
import { numberOf, within } from "../../support/parse-html.ts";
import { randomPredictions } from "../../support/random-predictions.ts";
import { pathPoints, readChart } from "./read-chart.ts";

const NAMES = { id: "c", title: "A title", description: "What it shows." };

/** A coordinate has two digits, so that a value read back is right to a hundredth of a unit. */
function expectNear(found: readonly number[], expected: readonly number[], unit: number): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of found.entries()) {
    expect(Math.abs(value - (expected[i] as number))).toBeLessThan(0.02 * unit);
  }
}

describe("dot plot", () => {
  const row = {
    label: "a model",
    tone: "main" as const,
    value: 0.83,
    interval: { low: 0.8, high: 0.86 },
    points: [0.81, 0.835, 0.845],
    text: "0.830",
  };
  const other = { label: "b", tone: "base" as const, value: 0.7, text: "0.700" };
  const options = { ...NAMES, groups: [{ rows: [row, other] }], axis: "accuracy", reference: 0.7 };

  test("means, seeds, intervals and the reference stand where the axis says", () => {
    const { marked, xValue, xUnit } = readChart(dotPlot(options));
    const at = (name: string, className: string, tone?: string): number[] =>
      marked(className, tone).map((one) => xValue(numberOf(one, name)));
    expectNear(at("cx", "mark", "main"), [0.83], xUnit);
    expectNear(at("cx", "mark", "base"), [0.7], xUnit);
    expectNear(at("cx", "seed", "main"), [0.81, 0.835, 0.845], xUnit);
    expectNear(at("x1", "interval"), [0.8, 0.8, 0.86], xUnit);
    expectNear(at("x2", "interval"), [0.86, 0.8, 0.86], xUnit);
    expectNear(at("x1", "reference"), [0.7], xUnit);
  });

  test("an interval that dwarfs the values is cut, with an arrow, inside the plot", () => {
    const wide = { ...row, interval: { low: -3, high: 5 } };
    const { marked } = readChart(dotPlot({ ...options, groups: [{ rows: [wide, other] }] }));
    const arrows = marked("interval").filter(({ tag }) => tag === "path");
    expect(arrows).toHaveLength(2);
    for (const arrow of arrows) {
      for (const [x] of pathPoints(arrow)) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(360);
      }
    }
  });

  test("a row without a value has its label and no mark", () => {
    const empty = { ...row, value: undefined, interval: undefined, points: [], text: "–" };
    const { marked, document } = readChart(dotPlot({ ...options, groups: [{ rows: [empty] }] }));
    expect(marked("mark")).toHaveLength(0);
    expect(document.all("text", "row-label")[0]?.text).toBe("a model");
  });

  test("has a name, a description and a role", () => {
    const { document } = readChart(dotPlot(options));
    const [svg] = document.all("svg");
    expect(svg?.attributes.get("role")).toBe("img");
    expect(svg?.attributes.get("aria-labelledby")).toBe("c-t c-d");
    expect(document.byId("c-t")?.text).toBe("A title");
    expect(document.byId("c-d")?.text).toBe("What it shows.");
    expect(document.errors).toEqual([]);
  });
});

describe("line plot", () => {
  const line = [1, 2, 3, 4].map((x) => [x, 0.5 + 0.1 * Math.sqrt(x)] as const);
  const series = {
    label: "a",
    tone: "main" as const,
    line,
    seeds: [line.slice(0, 2)],
    rings: line.slice(2, 3),
    bars: [{ x: 2, low: 0.6, high: 0.7 }],
    band: line.map(([x, y]) => [x, y - 0.02, y + 0.02] as const),
  };
  const plot = readChart(linePlot({ ...NAMES, series: [series], xLabel: "epoch", yLabel: "nats" }));

  test("the line goes through its points", () => {
    const drawn = plot.marked("line", "main").find(({ tag }) => tag === "path");
    if (drawn === undefined) throw new Error("expected a line");
    const points = pathPoints(drawn);
    expectNear(
      points.map(([x]) => plot.xValue(x)),
      line.map(([x]) => x),
      plot.xUnit,
    );
    expectNear(
      points.map(([, y]) => plot.yValue(y)),
      line.map(([, y]) => y),
      plot.yUnit,
    );
  });

  test("seeds, rings, error bars and the band too", () => {
    const [seed] = plot.marked("seed-line");
    const [bar] = plot.marked("interval");
    const [band] = plot.marked("band");
    if (seed === undefined || bar === undefined || band === undefined) throw new Error("missing");
    expect(pathPoints(seed)).toHaveLength(2);
    const rings = plot.marked("ring", "main");
    const [x, y] = line[2] as (typeof line)[number];
    expectNear(
      rings.map((ring) => plot.xValue(numberOf(ring, "cx"))),
      [x],
      plot.xUnit,
    );
    expectNear(
      rings.map((ring) => plot.yValue(numberOf(ring, "cy"))),
      [y],
      plot.yUnit,
    );
    const ends = ["y1", "y2"].map((name) => plot.yValue(numberOf(bar, name)));
    expectNear(ends, [0.6, 0.7], plot.yUnit);
    const ys = pathPoints(band).map(([, y]) => plot.yValue(y));
    const up = line.map(([, y]) => y + 0.02);
    const down = line.map(([, y]) => y - 0.02).reverse();
    expectNear(ys, [...up, ...down], plot.yUnit);
  });

  test("nothing to draw is an empty plot", () => {
    const empty = linePlot({ ...NAMES, series: [], xLabel: "epoch", yLabel: "nats" });
    expect(readChart(empty).marked("mark")).toHaveLength(0);
    expect(empty.text).not.toContain("NaN");
    expect(empty.text).not.toContain("Infinity");
  });
});

describe("reliability diagram", () => {
  const { reliability, ece } = metricsOf(randomPredictions(400, 2, 3));
  const plot = readChart(
    reliabilityPlot({
      ...NAMES,
      classes: 2,
      series: [{ label: "a", tone: "main", bins: reliability }],
    }),
  );

  test("its marks are the bins; the calibration error can be read from it", () => {
    const marks = plot.marked("mark", "main");
    const full = reliability.filter(({ count }) => count > 0);
    const read = full.map((bin, i) => {
      const mark = marks[i];
      if (mark === undefined) throw new Error("expected a mark a bin");
      const [x, y] = [numberOf(mark, "cx"), numberOf(mark, "cy")];
      return { ...bin, confidence: plot.xValue(x), accuracy: plot.yValue(y) };
    });
    expect(marks).toHaveLength(full.length);
    expect(calibrationError(read)).toBeCloseTo(ece ?? Number.NaN, 3);
  });

  test("bars are as high as the counts", () => {
    const most = Math.max(...reliability.map(({ count }) => count));
    const heights = plot.marked("bar").map((bar) => numberOf(bar, "height"));
    const counts = reliability.flatMap(({ count, to }) => (count > 0 && to > 0.5 ? [count] : []));
    const largest = Math.max(...heights);
    expect(heights).toHaveLength(counts.length);
    for (const [i, height] of heights.entries()) {
      expect(height / largest).toBeCloseTo((counts[i] as number) / most, 2);
    }
  });
});

describe("accuracy by bins", () => {
  const rows = [
    {
      from: 0,
      to: 10,
      count: 40,
      accuracy: 0.75,
      standardError: 0.07,
      interval: { low: 0.6, high: 0.86 },
    },
    {
      from: 10,
      to: 20,
      count: 0,
      accuracy: undefined,
      standardError: undefined,
      interval: undefined,
    },
    {
      from: 20,
      to: 30,
      count: 1234,
      accuracy: 0.9,
      standardError: 0.01,
      interval: { low: 0.88, high: 0.92 },
    },
  ];
  const chart = binPlot({
    ...NAMES,
    series: [{ label: "a", tone: "main", rows }],
    xLabel: "bases",
    rangeText: (from, to) => `${from}–${to}`,
  });

  test("marks and intervals at their heights, in the middle of their bins; none in an empty bin", () => {
    const plot = readChart(chart);
    const marks = plot.marked("mark");
    expectNear(
      marks.map((one) => plot.yValue(numberOf(one, "cy"))),
      [0.75, 0.9],
      plot.yUnit,
    );
    const [first, second] = plot.marked("interval");
    if (first === undefined || second === undefined) throw new Error("expected two intervals");
    const ends = [first, second].flatMap((one) =>
      ["y1", "y2"].map((name) => plot.yValue(numberOf(one, name))),
    );
    expectNear(ends, [0.6, 0.86, 0.88, 0.92], plot.yUnit);
    const [a, b, c] = plot.document
      .all("text", "small")
      .filter(({ text }) => text.includes("–"))
      .map((one) => numberOf(one, "x"));
    expect(marks.map((one) => numberOf(one, "cx"))).toEqual([a, c]);
    expect(b).toBeCloseTo(((a ?? 0) + (c ?? 0)) / 2, 2);
  });

  test("bounds and counts stand below", () => {
    const { document } = readChart(chart);
    const texts = document.all("text", "small").map(({ text }) => text);
    expect(texts).toEqual(["0–10", "40", "10–20", "0", "20–30", "1,234"]);
    expect(within(document.all("svg")[0] as never).length).toBeGreaterThan(10);
  });
});

test("text that is too long ends in an ellipsis, between characters", () => {
  expect(shortened("abc", 3)).toBe("abc");
  expect(shortened("abcd", 3)).toBe("ab…");
  expect(shortened("a🧬🧬🧬", 3)).toBe("a🧬…");
});

test("a legend names two series, not one alone", () => {
  const lines = (...labels: readonly string[]): string[] => {
    const series = labels.map((label, i) => ({
      ...{ label, tone: i === 0 ? ("main" as const) : ("base" as const), line: [[0, i]] as const },
    }));
    const chart = linePlot({ ...NAMES, series, xLabel: "epoch", yLabel: "nats" });
    return readChart(chart)
      .marked("strong")
      .map(({ text }) => text);
  };
  expect(lines("a")).toEqual([]);
  expect(lines("a", "b")).toEqual(["a", "b"]);
});
