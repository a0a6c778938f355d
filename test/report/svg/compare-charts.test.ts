import { describe, expect, test } from "vitest";
import { curvePlot } from "../../../src/report/svg/curve-plot.ts";
import { errorStrip } from "../../../src/report/svg/error-strip.ts";
import { logExtent, logScale, logTicks, logTickText } from "../../../src/report/svg/log-scale.ts";
import { pairPlot } from "../../../src/report/svg/pair-plot.ts";
import { scatterPlot } from "../../../src/report/svg/scatter-plot.ts";
import { hasClass, numberOf, parseHtml } from "../../support/parse-html.ts";
import { pathPoints, readChart } from "./read-chart.ts";

const NAMES = { id: "c", title: "A title", description: "What it shows." };

describe("logarithmic axes", () => {
  test("a factor of ten is always as wide; what is below stands at the beginning", () => {
    const place = logScale([0.01, 100], [0, 400]);
    expect([0.01, 0.1, 1, 10, 100].map(place)).toEqual([0, 100, 200, 300, 400]);
    expect([0, -5, 0.001].map(place)).toEqual([0, 0, 0]);
  });

  test.each([
    [[0.95, 9], [1, 2, 3, 4, 5, 6, 7, 8, 9], 9],
    [[0.95, 9], [1, 2, 5], 6],
    [[0.001, 1], [0.001, 0.01, 0.1, 1], 6],
    [[0.001, 1], [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1], 7],
    [[1e-9, 1], [1e-9, 1e-6, 1e-3, 1], 4],
    [[2.1, 2.4], [], 6],
  ] as const)("%j has the ticks %j", ([low, high], ticks, most) => {
    expect(logTicks([low, high], most)).toEqual(ticks);
  });

  test("around what is positive; of nothing from a tenth to 1", () => {
    const [low, high] = logExtent([0, -1, 0.02, 3, Number.NaN]);
    expect(low).toBeLessThan(0.02);
    expect(low).toBeGreaterThan(0.01);
    expect(high).toBeGreaterThan(3);
    expect(high).toBeLessThan(6);
    expect(logExtent([0, -2])).toEqual([0.1, 1]);
  });

  test.each([
    [0.001, "0.001"],
    [300, "300"],
    [1e-4, "10⁻⁴"],
    [3e-5, "3·10⁻⁵"],
    [1e12, "10¹²"],
  ])("%d is written %s", (value, text) => expect(logTickText(value)).toBe(text));
});

describe("curves", () => {
  const points = [1, 2, 3, 4].map((x) => ({ x, y: 0.1 * x, low: 0.08 * x, high: 0.12 * x }));
  const series = [{ label: "one", tone: "main" as const, points, hasMarks: true }];
  const linear = { ...NAMES, series, x: { label: "x" }, y: { label: "y" } };

  test("line, band and marks stand where the axes say", () => {
    const { marked, xValue, yValue, yUnit } = readChart(curvePlot(linear));
    const [line] = marked("line", "main").filter(({ tag }) => tag === "path");
    const found = pathPoints(line as NonNullable<typeof line>).map(([x, y]) => [
      xValue(x),
      yValue(y),
    ]);
    for (const [i, [x = 0, y = 0]] of found.entries()) {
      expect(x).toBeCloseTo(i + 1, 2);
      expect(Math.abs(y - 0.1 * (i + 1))).toBeLessThan(0.02 * yUnit);
    }
    const [band] = marked("band", "main");
    const edge = pathPoints(band as NonNullable<typeof band>).map(([, y]) => yValue(y));
    expect(edge).toHaveLength(8);
    expect(edge[3]).toBeCloseTo(0.48, 2);
    expect(edge[4]).toBeCloseTo(0.32, 2);
    const plain = marked("mark", "main").filter(
      ({ parent }) => parent?.children[0]?.tag !== "line",
    );
    expect(plain).toHaveLength(4);
  });

  test("on logarithmic axes what is not positive is left out, and bands are cut at the axis", () => {
    const some = [
      { x: 1, y: 1e-3, low: -1e-3, high: 2e-3 },
      { x: 10, y: 0, low: 0, high: 0 },
      { x: 100, y: 1e-1, low: 0.05, high: 0.2 },
    ];
    const log = {
      ...NAMES,
      series: [{ label: "one", tone: "main" as const, points: some }],
      x: { label: "x", isLog: true },
      y: { label: "y", isLog: true },
    };
    const { marked, document } = readChart(curvePlot(log));
    const [line] = marked("line", "main").filter(({ tag }) => tag === "path");
    expect(pathPoints(line as NonNullable<typeof line>)).toHaveLength(2);
    const bottom = numberOf(document.all("line", "axis")[0] as NonNullable<typeof line>, "y1");
    const [band] = marked("band", "main");
    for (const [, y] of pathPoints(band as NonNullable<typeof band>))
      expect(y).toBeLessThanOrEqual(bottom);
    const texts = document.all("text", "tick").map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(["0.001", "0.01", "0.1", "1", "10", "100"]));
  });

  test("without a point there is no line", () => {
    const empty = { ...linear, series: [{ label: "none", tone: "base" as const, points: [] }] };
    expect(
      readChart(curvePlot(empty))
        .marked("line")
        .filter(({ tag }) => tag === "path"),
    ).toEqual([]);
  });
});

describe("pairs", () => {
  const rows = [
    {
      label: "TATA box",
      first: { value: 2, interval: { low: 1.5, high: 2.5 } },
      second: { value: 3, interval: undefined },
    },
    {
      label: "a name that is much too long for its row",
      first: { value: undefined, interval: undefined },
      second: { value: 1, interval: { low: 0.5, high: 1.5 } },
      isStrong: true,
    },
  ];
  const options = { ...NAMES, rows, names: ["generated", "real"] as const, axis: "hits" };

  test("marks and intervals stand where the axis says", () => {
    const { marked, xValue, xUnit } = readChart(pairPlot(options));
    const at = (name: string, className: string, tone: string): number[] =>
      marked(className, tone)
        .filter(({ parent }) => !parent?.children.some((one) => hasClass(one, "line"))) // the legend's
        .map((one) => xValue(numberOf(one, name)));
    expect(Math.abs((at("cx", "mark", "main")[0] ?? 0) - 2)).toBeLessThan(0.02 * xUnit + 1e-9);
    expect(at("cx", "mark", "base")).toHaveLength(2);
    expect(Math.abs((at("x1", "interval", "main")[0] ?? 0) - 1.5)).toBeLessThan(
      0.02 * xUnit + 1e-9,
    );
    expect(Math.abs((at("x2", "interval", "base")[0] ?? 0) - 1.5)).toBeLessThan(
      0.02 * xUnit + 1e-9,
    );
  });

  test("long labels are cut; a strong one is marked; on a logarithmic axis 0 stands at the end", () => {
    const zero = {
      label: "none",
      first: { value: 0, interval: undefined },
      second: { value: 100, interval: undefined },
    };
    const { marked, document } = readChart(
      pairPlot({ ...options, rows: [...rows, zero], isLog: true }),
    );
    const labels = marked("row-label").map(({ text }) => text);
    expect(labels).toEqual(["TATA box", "a name that is much…", "none"]);
    expect(
      hasClass(marked("row-label")[1] as NonNullable<ReturnType<typeof marked>[0]>, "main"),
    ).toBe(true);
    const left = numberOf(
      document.all("line", "track")[0] as NonNullable<ReturnType<typeof marked>[0]>,
      "x1",
    );
    const places = marked("mark", "main").map((one) => numberOf(one, "cx"));
    expect(Math.min(...places.slice(1))).toBeCloseTo(left, 1);
  });
});

describe("points", () => {
  const points = Array.from({ length: 40 }, (_, i) => ({
    label: `p${i}`,
    x: 0.001 * (i + 1),
    y: i % 10 === 0 ? 0.01 * (i + 1) : 0.001 * (i + 1),
    isStrong: i % 10 === 0,
  }));

  test("strong ones are set apart and named; what has no logarithm is left out", () => {
    const chart = scatterPlot({
      ...NAMES,
      points: [...points, { label: "0", x: 0, y: 1, isStrong: true }],
      xLabel: "x",
      yLabel: "y",
    });
    const { marked } = readChart(chart);
    expect(marked("seed")).toHaveLength(36);
    expect(marked("mark")).toHaveLength(4);
    const names = marked("strong").map(({ text }) => text);
    expect(names.length).toBeGreaterThan(0);
    expect(names.every((name) => ["p0", "p10", "p20", "p30"].includes(name))).toBe(true);
  });
});

describe("a strip", () => {
  const strip = (errors: number) =>
    parseHtml(
      `<!doctype html><html lang="en"><head><title>t</title></head><body>${errorStrip({ ...NAMES, errors, limit: 4 }).text}</body></html>`,
    );

  test.each([
    [0, "third", true],
    [3.9, "third", true],
    [-3.9, "third", true],
    [4.2, "second", false],
    [-9, "second", false],
  ])("%d errors are a %s mark, inside of chance: %s", (errors, tone, isInside) => {
    const page = strip(errors);
    const [band] = page.all("rect", "chance");
    const [shown] = page.elements.filter((one) => hasClass(one, "mark"));
    expect(hasClass(shown as NonNullable<typeof shown>, tone)).toBe(true);
    const [x = 0] = pathPoints(shown as NonNullable<typeof shown>)[0] ?? [];
    const left = numberOf(band as NonNullable<typeof band>, "x");
    const width = numberOf(band as NonNullable<typeof band>, "width");
    expect(x >= left && x <= left + width).toBe(isInside);
    expect(Math.sign(x - (left + width / 2))).toBe(Math.sign(errors));
  });

  test("beyond its end stands an arrow", () => {
    const page = strip(1000);
    expect(page.elements.filter((one) => hasClass(one, "mark"))).toEqual([]);
    const arrow = page.all("path", "interval")[0];
    expect(arrow).toBeDefined();
  });
});
