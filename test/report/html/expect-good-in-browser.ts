/** What holds of every page of a report once a browser shows it. */

import { expect } from "vitest";
import { withPage } from "../../support/browser.ts";

/** Names of what is wider than the window, or text of charts that leaves it; frames that scroll may hold wider things. */
const STICKING_OUT = `(() => {
  const width = document.documentElement.clientWidth;
  const bad = document.documentElement.scrollWidth > width ? ["the page"] : [];
  for (const one of document.querySelectorAll("body *")) {
    if (one.closest(".scroll, pre, details:not([open]), .skip, title, desc")) continue;
    const { left, right } = one.getBoundingClientRect();
    if (right > width + 1 || left < -1) bad.push(one.outerHTML.slice(0, 120));
  }
  return bad;
})()`;

/** Texts of a chart that cover each other by more than a sliver. */
const COLLIDING = `(() => {
  const bad = [];
  for (const chart of document.querySelectorAll("svg.chart")) {
    const boxes = [...chart.querySelectorAll("text")].map((one) => [one, one.getBoundingClientRect()]);
    for (const [i, [a, p]] of boxes.entries()) {
      for (const [b, q] of boxes.slice(i + 1)) {
        const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
        const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
        if (wide > 1 && high > 4) bad.push(chart.id + a.textContent + " / " + b.textContent);
      }
    }
  }
  return bad;
})()`;

const COLOURS = `(() => {
  const style = getComputedStyle(document.body);
  return [style.color, style.backgroundColor];
})()`;

/** Charts and rows that a page break may cut. */
const CUT = `[...document.querySelectorAll("svg.chart, tr")]
  .filter((one) => getComputedStyle(one).breakInside !== "avoid").length`;

export async function expectGoodInBrowser(browser: string, url: string): Promise<void> {
  await withPage(browser, url, async (page) => {
    for (const width of [375, 768, 1280]) {
      await page.show({ width, height: 900 });
      expect(await page.evaluate(STICKING_OUT), `at ${width} px`).toEqual([]);
      expect(await page.evaluate(COLLIDING), `at ${width} px`).toEqual([]);
    }
    const light = await page.evaluate(COLOURS);
    await page.show({ width: 1280, height: 900, colours: "dark" });
    expect(await page.evaluate(COLOURS)).not.toEqual(light);
    const shown = await page.screenshot();
    expect(shown.subarray(1, 4)).toEqual(Buffer.from("PNG"));

    await page.show({ width: 794, height: 1123, colours: "dark", media: "print" });
    expect(await page.evaluate(COLOURS)).toEqual(light);
    expect(await page.evaluate(CUT)).toBe(0);
    const paper = Buffer.from(await page.pdf());
    expect(paper.subarray(0, 5).toString()).toBe("%PDF-");
    expect(paper.toString("latin1")).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/); // A4, points
    expect(page.messages).toEqual([]);
  });
}
