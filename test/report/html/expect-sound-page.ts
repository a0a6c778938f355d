/** What holds of every page of a report, whatever it is about. */

import { expect } from "vitest";
import { type HtmlDocument, hasClass, parseHtml, within } from "../../support/parse-html.ts";

/** Parses the page, and expects it to be whole, to need nothing from outside, and to be usable without eyes or mouse. */
export function expectSoundPage(text: string): HtmlDocument {
  const page = parseHtml(text);
  expect(page.errors).toEqual([]);
  expectAlone(text, page);
  expectReferences(page);
  expectAccessible(page);
  for (const word of ["NaN", "Infinity", "undefined", "[object"]) {
    expect(page.all("body")[0]?.text).not.toContain(word);
    for (const { attributes } of page.elements) {
      expect([...attributes.values()].join(" ")).not.toContain(word);
    }
  }
  return page;
}

const LOADING = [
  "script",
  "link",
  "iframe",
  "img",
  "image",
  "object",
  "embed",
  "use",
  "form",
  "base",
];

function expectAlone(text: string, { elements, all }: HtmlDocument): void {
  expect(LOADING.flatMap((tag) => all(tag))).toEqual([]);
  const policy = all("meta").find(
    ({ attributes }) => attributes.get("http-equiv") === "Content-Security-Policy",
  );
  expect(policy?.attributes.get("content")).toMatch(
    /^default-src 'none'; style-src 'unsafe-inline'; img-src data:;/,
  );
  for (const { attributes } of elements) {
    for (const [name, value] of attributes) {
      expect(name).not.toMatch(/^on|^src|^action|^formaction|^ping|^background$/);
      if (name === "href") expect(value).toMatch(/^#/);
    }
  }
  const style = all("style")
    .map((one) => one.text)
    .join("");
  expect(style).not.toMatch(/url\(|@import|expression\(|<\//);
  expect(text).not.toMatch(/(src|href)\s*=\s*["']?\s*(https?:)?\/\//i);
}

function expectReferences({ elements }: HtmlDocument): void {
  const ids = elements.flatMap(({ attributes }) => attributes.get("id") ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { attributes } of elements) {
    const named = ["aria-labelledby", "aria-describedby"].flatMap((name) =>
      (attributes.get(name) ?? "").split(" ").filter((id) => id !== ""),
    );
    const href = attributes.get("href");
    for (const id of href === undefined ? named : [...named, href.slice(1)]) {
      expect(ids).toContain(id);
    }
  }
}

function expectAccessible({ elements, all }: HtmlDocument): void {
  expect(all("html")[0]?.attributes.get("lang")).toBe("en");
  expect(all("title").find(({ parent }) => parent?.tag === "head")?.text).toMatch(/\S/);
  const [first] = all("a");
  expect(first !== undefined && hasClass(first, "skip")).toBe(true); // the first that a key reaches
  expect(all("main")).toHaveLength(1);
  const levels = elements.flatMap(({ tag }) => (/^h[1-6]$/.test(tag) ? [Number(tag[1])] : []));
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  for (const [i, level] of levels.entries()) {
    expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
  }
  for (const table of all("table")) {
    const inside = within(table);
    expect(inside.find(({ tag }) => tag === "caption")?.text).toMatch(/\S/);
    for (const head of inside.filter(({ tag }) => tag === "th")) {
      expect(["col", "row"]).toContain(head.attributes.get("scope"));
    }
    const widths = inside.filter(({ tag }) => tag === "tr").map(({ children }) => children.length);
    expect(new Set(widths).size).toBe(1);
  }
  for (const svg of all("svg")) {
    expect(svg.attributes.get("role")).toBe("img");
    const [title, description] = svg.children;
    expect([title?.tag, description?.tag]).toEqual(["title", "desc"]);
    expect(title?.text).toMatch(/\S/);
    expect(description?.text).toMatch(/\S/);
    expect(svg.attributes.get("aria-labelledby")).toBe(
      [title, description].map((one) => one?.attributes.get("id")).join(" "),
    );
  }
}
