/** Contrast of every pair of colours that meet, by the formula of WCAG 2.2. */

import { describe, expect, test } from "vitest";
import { STYLE } from "../../../src/report/html/style.ts";

type Rgb = readonly number[];

/** Colours by name; a dark page has its own, and the light ones it does not change. */
function coloursOf(css: string): Map<string, Rgb> {
  const found = [...css.matchAll(/--([a-z]+):#([0-9a-f]{3,6})\b/g)];
  return new Map(
    found.map(([, name = "", hex = ""]) => {
      const six = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
      return [name, [0, 2, 4].map((i) => Number.parseInt(six.slice(i, i + 2), 16) / 255)];
    }),
  );
}

const [light = "", dark = ""] = STYLE.split("prefers-color-scheme:dark");
const themes = [
  ["light", coloursOf(light)],
  ["dark", coloursOf(dark.slice(0, dark.indexOf("}}")))],
] as const;

function luminance(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = colour.map((c) =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe.each(themes)("%s", (_, colours) => {
  const of = (name: string): Rgb => {
    const found = colours.get(name);
    if (found === undefined) throw new Error(`no colour ${name}`);
    return found;
  };

  test.each(["text", "muted", "main", "second", "third", "fourth", "base", "good", "bad"])(
    "%s can be read on the page and on raised ground",
    (name) => {
      expect(contrast(of(name), of("ground"))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(of(name), of("raised"))).toBeGreaterThanOrEqual(4.5);
    },
  );

  test("text can be read on the fullest cell of a confusion matrix", () => {
    const share = Number(/calc\(var\(--share\)\*(\d+)%\)/.exec(STYLE)?.[1]) / 100;
    const cell = of("main").map((c, i) => share * c + (1 - share) * (of("raised")[i] as number));
    expect(contrast(of("text"), cell)).toBeGreaterThanOrEqual(4.5);
  });
});
