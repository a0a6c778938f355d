import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditConfig } from "../../../pipelines/data/audit/options.ts";
import { type AuditSummary, runAudit } from "../../../pipelines/data/audit/run.ts";
import type { LeakageRow } from "../../../src/data/audit/leakage.ts";
import { ConfigError, RegionError, UsageError } from "../../../src/errors.ts";
import { temporaryFile, temporaryFolder } from "../../genome/fixtures.ts";
import { reverseComplementText } from "../../naive/window-copies.ts";
import { sharedData } from "../../support/oracles.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { uniforms } from "../support/seeded.ts";

/** [test intervals, any overlap, ≥ half any label, ≥ half same label, in percent; exact duplicates] as published in the project's table. */
const TABLE: Readonly<Record<string, readonly [number, string, string, string, number]>> = {
  human_enhancers_ensembl: [30_970, "38.5", "38.1", "38.0", 11_694],
  human_nontata_promoters: [9034, "49.2", "47.5", "47.5", 0],
  demo_human_or_worm: [25_000, "7.5", "3.8", "3.8", 4],
  human_ocr_ensembl: [34_952, "1.5", "0.8", "0.4", 0],
  demo_coding_vs_intergenomic_seqs: [25_000, "0.7", "0.3", "0.3", 0],
  human_enhancers_cohn: [6948, "0.7", "0.3", "0.3", 0],
  dummy_mouse_enhancers_ensembl: [242, "0.4", "0.0", "0.0", 0],
  human_ensembl_regulatory: [57_713, "0.0", "0.0", "0.0", 0],
  drosophila_enhancers_stark: [1730, "26.6", "3.1", "2.1", 0],
};

type SetRow = Omit<LeakageRow, "label"> & { readonly label: string | null };

function setsOf(summary: AuditSummary): readonly SetRow[] {
  if (!("sets" in summary)) throw new Error("expected rows of sets");
  return summary.sets;
}

describe("labelled sets", () => {
  const folder = sharedData("genomic-benchmarks/intervals");

  it.skipIf(folder === undefined)(
    "all nine Genomic Benchmarks give the published table",
    async () => {
      const io = quietIo();
      const table = join(temporaryFolder(), "leaks.tsv");
      const config = auditConfig({ intervals: [folder as string], table: [table] });
      const rows = setsOf(await runAudit(config, io));
      const percent = (count: number, { tests }: SetRow): string =>
        ((100 * count) / tests).toFixed(1);
      const found = rows
        .filter(({ label }) => label === null)
        .map((row) => [
          row.set,
          [
            row.tests,
            percent(row.overlapping, row),
            percent(row.halfCovered, row),
            percent(row.halfCoveredSameLabel, row),
            row.copies,
          ],
        ]);
      expect(Object.fromEntries(found)).toEqual(TABLE);

      // What the table says of single classes.
      const classRow = (set: string, label: string): SetRow =>
        rows.find((row) => row.set === set && row.label === label) as SetRow;
      const enhancers = classRow("human_enhancers_ensembl", "positive");
      expect([enhancers.tests, enhancers.copies, enhancers.repeatedTrains]).toEqual([
        15_485, 11_694, 23_341,
      ]);
      expect(enhancers.trains - enhancers.repeatedTrains).toBe(38_595);
      expect(classRow("human_nontata_promoters", "negative")).toMatchObject({
        tests: 4119,
        halfCovered: 4086,
      });
      expect(classRow("human_nontata_promoters", "positive")).toMatchObject({
        tests: 4915,
        halfCovered: 206,
      });
      expect(classRow("demo_human_or_worm", "worm")).toMatchObject({
        tests: 12_500,
        halfCovered: 912,
      });
      expect(classRow("human_ocr_ensembl", "positive").halfCoveredSameLabel).toBe(0);
      expect(classRow("demo_coding_vs_intergenomic_seqs", "coding_seqs").overlapping).toBe(0);
      expect(classRow("human_enhancers_cohn", "positive").overlapping).toBe(0);
      expect(rows.every(({ copiesOtherLabel }) => copiesOtherLabel === 0)).toBe(true);

      const lines = readFileSync(table, "utf8").trimEnd().split("\n");
      expect(lines).toHaveLength(1 + rows.length);
      expect(lines[0]).toContain("set\tclass\ttests\toverlapping");
      expect(io.out.join("")).toContain("11,694 (37.8 %)");
    },
  );
});

describe("splits of a genome", () => {
  const bases = uniforms(7, 4000).map((uniform) => "ACGT"[Math.floor(4 * uniform)] as string);
  const text = bases.join("");
  /** Test windows: 2 is a copy of a stretch of chr1, 4 the reverse complement of another, 5 holds an N. */
  const held = uniforms(8, 640).map((uniform) => "ACGT"[Math.floor(4 * uniform)] as string);
  held.splice(128, 64, ...text.slice(1001, 1065));
  held.splice(256, 64, ...reverseComplementText(text.slice(2002, 2066)));
  held.splice(330, 1, "N");
  const writeData = () => ({
    fasta: temporaryFile("a.fa", `>chr1\n${text}\n>chr2\n${held.join("").toLowerCase()}\n`),
    length: 64,
    train: "chr1:1-3,000",
    test: "chr1:2,937-3,200,chr2",
  });

  it("says shared bases, copies and their strands, in text, JSON and tables", async () => {
    const io = quietIo();
    const table = join(temporaryFolder(), "copies.tsv");
    const summary = await runAudit(auditConfig({ data: writeData(), table: [table] }), io);
    if (!("pairs" in summary)) throw new Error("expected pairs");
    expect(summary.splits).toEqual([
      { split: "train", bases: 3000, windows: 46, sought: 0, withN: 0 },
      { split: "valid", bases: 0, windows: 0, sought: 0, withN: 0 },
      { split: "test", bases: 904, windows: 14, sought: 13, withN: 1 },
    ]);
    const none = { sharedBases: 0, largest: [], touchingWindows: 0 };
    const noCopies = { copies: 0, reverseCopies: 0, copiedWindows: 0 };
    expect(summary.pairs).toEqual([
      { from: "train", heldOut: "valid", ...none, ...noCopies },
      {
        from: "train",
        heldOut: "test",
        sharedBases: 64,
        largest: [{ contig: "chr1", start: 2936, end: 3000 }],
        touchingWindows: 1,
        copies: 1,
        reverseCopies: 1,
        copiedWindows: 2,
      },
      { from: "valid", heldOut: "test", ...none, ...noCopies },
    ]);
    const at = (contig: string, start: number) => ({ contig, start, end: start + 64 });
    const pair = { from: "train", heldOut: "test" };
    expect(summary.copies).toEqual([
      { ...pair, window: at("chr2", 128), place: at("chr1", 1001), strand: "+" },
      { ...pair, window: at("chr2", 256), place: at("chr1", 2002), strand: "-" },
    ]);
    expect(readFileSync(table, "utf8").trimEnd().split("\n").slice(1)).toEqual([
      "test\tchr2\t128\t192\ttrain\tchr1\t1001\t1065\t+",
      "test\tchr2\t256\t320\ttrain\tchr1\t2002\t2066\t-",
    ]);
    const page = io.out.join("");
    expect(page).toMatch(/^train +test +64 \(7\.1 %\) +1 \(7\.1 %\) +2 \(15\.4 %\) +1 +1$/m);
    expect(page).toContain("train and test share most at chr1:2,937-3,000");
  });

  it("refuses shared bases when it is told to", async () => {
    const config = auditConfig({ data: { ...writeData(), strictSplit: true } });
    await expect(runAudit(config, quietIo())).rejects.toEqual(
      new RegionError(
        "expected splits without a base in common (--strict-split), but train and test share 64 bases (7.08 % of test): " +
          "chr1:2,937-3,000 (cut the regions, or leave the flag out)",
      ),
    );
  });

  it("stops when it is told to, and writes nothing", async () => {
    const table = join(temporaryFolder(), "copies.tsv");
    const stop = new AbortController();
    stop.abort({ signal: "SIGINT", exitCode: 130 });
    const config = auditConfig({ data: writeData(), table: [table] });
    await expect(runAudit(config, quietIo(stop.signal))).rejects.toBe(stop.signal.reason);
    expect(existsSync(table)).toBe(false);
  });

  it("refuses a table of no known format before it reads anything", async () => {
    await expect(
      runAudit(auditConfig({ data: writeData(), table: ["a.csv"] }), quietIo()),
    ).rejects.toThrow(UsageError);
  });
});

describe("auditConfig", () => {
  it.each([
    [{}, "expected --genome, --fasta or --intervals, got none of them"],
    [
      { intervals: ["a"], data: { fasta: "b.fa" } },
      "expected --intervals or --fasta, got both: labelled sets are looked at without a genome",
    ],
    [
      { intervals: ["a"], data: { length: 64 } },
      "expected --intervals or --length, got both: labelled sets are looked at without a genome",
    ],
    [
      { data: { fasta: "b.fa", bed: "c.bed", train: "chr1" } },
      "expected --bed or --train, got both: a BED file names every split",
    ],
    [
      { data: { fasta: "b.fa", extend: 2048 } },
      "expected --bed with --extend, which is about its rows",
    ],
    [
      { data: { fasta: "b.fa", bed: "c.bed", extend: 1000, length: 1024 } },
      "expected --extend of at least --length (1024 bases), got 1000: a row holds no window",
    ],
  ])("refuses %j", (part, reason) => {
    expect(() => auditConfig(part)).toThrow(new ConfigError(reason));
  });
});
