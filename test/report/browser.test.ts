/** Pages of reports in a real browser. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, test } from "vitest";
import { benchmarkPage } from "../../src/report/benchmark/benchmark-page.ts";
import { comparePage } from "../../src/report/compare/compare-page.ts";
import { finetunePage } from "../../src/report/finetune/finetune-page.ts";
import { pretrainPage } from "../../src/report/pretrain/pretrain-page.ts";
import { readPublished } from "../../src/report/published/read-published.ts";
import { studyPage } from "../../src/report/study/study-page.ts";
import { findBrowser } from "../support/browser.ts";
import { fabricatedBenchmark } from "../support/fabricated-benchmark.ts";
import { fabricatedCompare } from "../support/fabricated-compare.ts";
import { fabricatedFinetune } from "../support/fabricated-finetune.ts";
import { fabricatedPretrain } from "../support/fabricated-pretrain.ts";
import { fabricatedStudy } from "../support/fabricated-study.ts";
import { expectGoodInBrowser } from "./html/expect-good-in-browser.ts";

const browser = findBrowser();
const folder = mkdtempSync(join(tmpdir(), "gdiff-page-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(browser === undefined)("in a browser", () => {
  test.each([
    [
      "benchmark",
      async () => benchmarkPage({ ...fabricatedBenchmark(), published: await readPublished() }),
    ],
    ["pretrain", async () => pretrainPage(fabricatedPretrain())],
    ["finetune", async () => finetunePage(fabricatedFinetune())],
    ["compare", async () => comparePage(fabricatedCompare())],
    ["study", async () => studyPage(fabricatedStudy())],
  ])(
    "%s: nothing is asked for or refused, nothing sticks out, and it prints",
    async (name, make) => {
      const path = join(folder, `${name}.html`);
      writeFileSync(path, await make());
      await expectGoodInBrowser(browser ?? "", pathToFileURL(path).href);
    },
  );
});
