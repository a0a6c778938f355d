/** Reads values back from a chart by its axis alone: two ticks say where every other value lies. */

import type { Markup } from "../../../src/report/html/markup.ts";
import {
  type HtmlDocument,
  type HtmlElement,
  hasClass,
  numberOf,
  parseHtml,
} from "../../support/parse-html.ts";

export interface ChartReader {
  readonly document: HtmlDocument;
  readonly xValue: (x: number) => number;
  readonly yValue: (y: number) => number;
  /** Value of a pixel, to which a coordinate's two digits are exact. */
  readonly xUnit: number;
  readonly yUnit: number;
  /** Elements of a class, and a tone where one is given. */
  readonly marked: (className: string, tone?: string) => readonly HtmlElement[];
}

export function readChart(chart: Markup): ChartReader {
  const document = parseHtml(
    `<!doctype html><html lang="en"><head><title>t</title></head><body>${chart.text}</body></html>`,
  );
  const labels = document.all("text", "tick").flatMap((label) => {
    const value = Number(label.text.replace("−", "-").replaceAll(",", ""));
    return Number.isNaN(value) || label.text === "" ? [] : [{ label, value }];
  });
  const anchored = (anchor: string): { readonly label: HtmlElement; readonly value: number }[] =>
    labels.filter(({ label }) => label.attributes.get("text-anchor") === anchor);
  const x = inverse(
    anchored("middle").map(({ label, value }) => [numberOf(label, "x"), value] as const),
  );
  // A y label's baseline stands 3.5 below its line.
  const y = inverse(
    anchored("end").map(({ label, value }) => [numberOf(label, "y") - 3.5, value] as const),
  );
  return {
    document,
    xValue: x.valueAt,
    yValue: y.valueAt,
    xUnit: x.unit,
    yUnit: y.unit,
    marked: (className, tone) =>
      document.elements.filter(
        (one) => hasClass(one, className) && (tone === undefined || hasClass(one, tone)),
      ),
  };
}

function inverse(ticks: readonly (readonly [place: number, value: number])[]): {
  valueAt: (place: number) => number;
  unit: number;
} {
  const [first, last] = [ticks[0], ticks.at(-1)];
  if (first === undefined || last === undefined || first === last) {
    return { valueAt: () => Number.NaN, unit: Number.NaN };
  }
  const unit = (last[1] - first[1]) / (last[0] - first[0]);
  return { valueAt: (place) => first[1] + (place - first[0]) * unit, unit: Math.abs(unit) };
}

/** The points of a path of straight lines. */
export function pathPoints({ attributes }: HtmlElement): [number, number][] {
  const text = attributes.get("d") ?? "";
  return [...text.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}
