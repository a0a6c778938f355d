/** Numbers of a comparison as people read them, by their units. */

import type { Estimated } from "../../compare/compare-arms.ts";
import type { Figure, Unit } from "../../compare/figure.ts";
import type { Standing } from "../../compare/standing.ts";
import { html, type Markup } from "../html/markup.ts";
import { fixed, NO_NUMBER } from "../numbers.ts";

/** How a standing reads in a table. */
export const STANDING_TEXT: Readonly<Record<Standing, string>> = {
  alike: "alike",
  higher: "higher",
  lower: "lower",
  unknown: NO_NUMBER,
};

/** Smaller numbers are written with a power of ten. */
const LEAST_PLAIN = 1e-3;

/** `42.1 %`, `0.0031`, `2.9·10⁻⁵`: three digits that count. */
export function valueText(value: number | undefined, unit: Unit): string {
  if (value === undefined) return NO_NUMBER;
  if (unit === "share") return `${numberText(100 * value)}\u00a0%`;
  return numberText(value);
}

/** `41.8 to 42.5`, `(2.1 to 3.7)·10⁻⁵`; of shares in percent. */
export function intervalText({ interval }: Pick<Estimated, "interval">, unit: Unit): string {
  if (interval === undefined) return NO_NUMBER;
  const scale = unit === "share" ? 100 : 1;
  const [low, high] = [scale * interval.low, scale * interval.high];
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size === 0 || size >= LEAST_PLAIN)
    return `${numberText(low, size)} to ${numberText(high, size)}`;
  const power = Math.floor(Math.log10(size));
  const digits = (value: number): string => fixed(value / 10 ** power, 2);
  return `(${digits(low)} to ${digits(high)})·${tenTo(power)}`;
}

/** With its 95 % interval: `42.1 % (41.8 to 42.5)`. */
export function estimatedText(estimated: Estimated, unit: Unit): string {
  const text = valueText(estimated.value, unit);
  if (estimated.interval === undefined) return text;
  const range = intervalText(estimated, unit);
  return range.startsWith("(") ? `${text}, ${range}` : `${text} (${range})`;
}

/** The value, and below it its interval. */
export function estimatedCell(estimated: Estimated, unit: Unit): Markup | string {
  const text = valueText(estimated.value, unit);
  if (estimated.interval === undefined) return text;
  return html`${text}<br><small>${intervalText(estimated, unit)}</small>`;
}

/** `divergence of 6-mers, bits`; a share's numbers say their unit. */
export function labelText({ label, unit }: Pick<Figure, "label" | "unit">): string {
  return unit === "none" || unit === "share" ? label : `${label}, ${unit}`;
}

/** Three digits that count, of the number or of a larger one beside it. */
function numberText(value: number, beside: number = Math.abs(value)): string {
  if (value === 0) return "0";
  if (beside < LEAST_PLAIN) {
    const power = Math.floor(Math.log10(beside));
    return `${fixed(value / 10 ** power, 2)}·${tenTo(power)}`;
  }
  const size = beside === 1 ? 0.9 : beside; // 1 as 1.000 beside 0.996
  return fixed(value, Math.min(5, Math.max(0, 2 - Math.floor(Math.log10(size)))));
}

/** `10⁻⁵`. */
function tenTo(power: number): string {
  const raised = [...String(power)].map((sign) =>
    sign === "-" ? "⁻" : ("⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)] as string),
  );
  return `10${raised.join("")}`;
}
