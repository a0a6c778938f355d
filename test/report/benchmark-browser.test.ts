/** The page of a benchmark in a real browser. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, test } from "vitest";
import { benchmarkPage } from "../../src/report/benchmark/benchmark-page.ts";
import { readPublished } from "../../src/report/published/read-published.ts";
import { findBrowser } from "../support/browser.ts";
import { fabricatedBenchmark } from "../support/fabricated-benchmark.ts";
import { expectGoodInBrowser } from "./html/expect-good-in-browser.ts";

const browser = findBrowser();
const folder = mkdtempSync(join(tmpdir(), "gdiff-page-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(browser === undefined)("in a browser", () => {
  test("nothing is asked for or refused, nothing sticks out, and it prints", async () => {
    const record = { ...fabricatedBenchmark(), published: await readPublished() };
    const path = join(folder, "benchmark.html");
    writeFileSync(path, benchmarkPage(record));
    await expectGoodInBrowser(browser ?? "", pathToFileURL(path).href);
  });
});
