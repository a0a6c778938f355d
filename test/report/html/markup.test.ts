import fc from "fast-check";
import { expect, test } from "vitest";
import { html } from "../../../src/report/html/markup.ts";
import { parseHtml } from "../../support/parse-html.ts";

const HOSTILE = `<script>alert(1)</script>&amp;"'><img src=x onerror=alert(1)>`;

test("text and attributes of a record are text and attributes of the page", () => {
  const page = parseHtml(html`<p title="${HOSTILE}">${HOSTILE}</p>`.text);
  const [paragraph] = page.all("p");
  expect(paragraph?.text).toBe(HOSTILE);
  expect(paragraph?.attributes.get("title")).toBe(HOSTILE);
  expect(page.all("script")).toEqual([]);
  expect(page.all("img")).toEqual([]);
});

test("whatever the text, it comes back, but for what HTML cannot write", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      const page = parseHtml(
        html`<!doctype html><html><head><title>t</title></head><body><p title="${text}">${text}</p></body></html>`
          .text,
      );
      const writable = text.replaceAll(
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what HTML cannot write
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu,
        "\ufffd",
      );
      expect(page.all("p")[0]?.text).toBe(writable);
      expect(page.all("p")[0]?.attributes.get("title")).toBe(writable);
    }),
    { numRuns: 40 },
  );
});

test("markup, lists, numbers and nothing", () => {
  const items = [1, undefined, "<", html`<b>${"&"}</b>`];
  expect(html`<p>${items}</p>`.text).toBe("<p>1&lt;<b>&amp;</b></p>");
});

test("an object that looks like markup is not", () => {
  const forged = { text: "<script>" } as unknown as string;
  expect(() => html`${forged}`).toThrow(TypeError);
});
