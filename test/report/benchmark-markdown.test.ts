import { describe, expect, test } from "vitest";
import { rowCount } from "../../src/data/table/table.ts";
import { benchmarkMarkdown } from "../../src/report/benchmark/benchmark-markdown.ts";
import { benchmarkTable } from "../../src/report/benchmark/benchmark-table.ts";
import { markdownFence, markdownTable, markdownText } from "../../src/report/markdown.ts";
import { readPublished } from "../../src/report/published/read-published.ts";
import { fabricatedBenchmark } from "../support/fabricated-benchmark.ts";

const record = { ...fabricatedBenchmark(2), published: await readPublished() };
const text = benchmarkMarkdown(record);

/** Cells of a line of a table; an escaped bar is none. */
const cells = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());

describe("Markdown", () => {
  test("every table is as wide as its head", () => {
    const tables = text
      .trim()
      .split("\n\n")
      .filter((block) => block.startsWith("|"));
    expect(tables.length).toBeGreaterThan(10);
    for (const table of tables) {
      expect(new Set(table.split("\n").map((line) => cells(line).length)).size).toBe(1);
    }
  });

  test("the first lines say which set is not beaten", () => {
    const [title, verdicts = ""] = text.split("\n\n");
    expect(title).toBe("# Genomic Benchmarks");
    expect(verdicts).toContain(
      "**human_enhancers_cohn**: Pretrained and tuned network DOES NOT BEAT",
    );
    expect(verdicts.split("\n").slice(record.sets.length)).toEqual([
      expect.stringMatching(/^- \*\*demo_human_or_worm\*\*: Left out: expected WBcel235, /),
    ]);
  });

  test("both tests of every model, with their means", () => {
    for (const { models } of record.sets) {
      for (const { label, summary } of models) {
        for (const [kind, name] of [
          ["whole", "whole test"],
          ["deduplicated", "de-duplicated test"],
        ] as const) {
          const mean = summary[kind].accuracy?.mean ?? Number.NaN;
          const row = text
            .split("\n")
            .map(cells)
            .find(
              (one) => one[0] === label && one[1] === name && one[2]?.startsWith(mean.toFixed(3)),
            );
          expect(row, `${label}, ${name}`).toHaveLength(10);
        }
      }
    }
  });

  test("published numbers stand under their protocols, selection on the test set is said", () => {
    expect(text.match(/^- Selection: /gm)).toHaveLength(record.published.length);
    expect(text).toContain("**Selected on the test set.**");
    expect(text).toContain(
      "| dummy_mouse_enhancers_ensembl | MDLM, 467K | accuracy | 0.795 ± 0.029 |",
    );
  });

  test("what a name holds is text", () => {
    expect(markdownText("a|b<i>*c*`d`\n# e [f](g) _h_ i_j")).toBe(
      "a\\|b\\<i\\>\\*c\\*\\`d\\` \\# e \\[f\\](g) \\_h\\_ i_j",
    );
    expect(markdownTable(["a"], [["x | y"]]).split("\n")[2]).toBe("| x \\| y |");
    expect(markdownFence("a\n```\nb")).toBe("````\na\n```\nb\n````");
    const [set] = record.sets;
    if (set === undefined) throw new Error("expected a set");
    const hostile = { ...record, sets: [{ ...set, name: "<script>alert(1)</script>" }] };
    expect(benchmarkMarkdown(hostile)).not.toMatch(/(?<!\\)<script/);
  });

  test("secrets are hidden", () => {
    const data = [{ name: "https://host/a.csv?key=hunter2", sha256: "00" }];
    const provenance = { ...record.provenance, config: "token: hunter2", data };
    expect(benchmarkMarkdown({ ...record, provenance })).not.toContain("hunter2");
  });
});

test("the table has every metric of every seed", () => {
  const table = benchmarkTable(record);
  expect(rowCount(table)).toBe(3 * 7 * 2 * 2 * 8);
  const values = Object.fromEntries(table.columns.map(({ name, values }) => [name, values]));
  const metrics = record.sets[1]?.models[3]?.seeds[1]?.tests.deduplicated;
  const row = Array.from({ length: rowCount(table) }, (_, i) => i).find(
    (i) =>
      values.set?.[i] === "human_enhancers_cohn" &&
      values.model?.[i] === "kmer6" &&
      values.seed?.[i] === 2 &&
      values.test?.[i] === "deduplicated" &&
      values.metric?.[i] === "auprc",
  );
  expect(values.value?.[row ?? -1]).toBe(metrics?.auprc);
  expect(values.sequences?.[row ?? -1]).toBe(metrics?.sequences);
});
