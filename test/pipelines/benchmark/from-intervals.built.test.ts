/** A set by name, from its official interval files and the genomes that they lie on, to the report. */

import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readArrowTable } from "../../../src/data/table/read-arrow-table.ts";
import { type Finished, runProgram } from "../../cli/spawn-program.ts";
import { naiveLeakage } from "../../naive/leakage.ts";
import { errorLines, NETWORK, testFolder } from "../support/tiny-run.ts";
import { makeOwnSet, OWN_SET, type OwnRow, type OwnSet } from "./own-manifest.ts";
import { readRows } from "./predictions-rows.ts";
import { readRecord } from "./small-benchmark.ts";

const folder = testFolder();
const out = join(folder, "out");
let own: OwnSet;

/** The copy's command, with the data folder of the set. */
function run(args: readonly string[]): Promise<Finished> {
  const before = process.env.GDIFF_DATA;
  process.env.GDIFF_DATA = own.data;
  const running = runProgram(own.program, args);
  if (before === undefined) delete process.env.GDIFF_DATA;
  else process.env.GDIFF_DATA = before;
  return running;
}
const benchmark = (to: string, args: readonly string[] = []): Promise<Finished> =>
  run([
    ...["benchmark", "--sets", "tiny", "--models", "gc,kmer6,scratch", "--seeds", "2"],
    ...["--epochs", "1", "--groups", "overlap", ...NETWORK, "--out", to, ...args],
  ]);
const rowsOf = (part: OwnRow["part"]): readonly OwnRow[] =>
  own.rows.filter((row) => row.part === part);
const idOf = ({ part, label, id }: OwnRow): string => `${part}/${label}/${id}`;

beforeAll(async () => {
  own = makeOwnSet(folder);
}, 120_000);

test("without its genomes it is left out: the line names the one that is absent", async () => {
  const absent = await benchmark(join(folder, "absent"));
  expect([absent.code, errorLines(absent)]).toEqual([
    1,
    [
      expect.stringMatching(
        /E_FILE: expected a set that can be read, got none: tiny_genes_or_gaps: expected tinycdna, which the intervals of tiny_genes_or_gaps lie on \(https:\/\/example\.org\/tiny\/tinycdna\.fa\), got none on this machine: put it as tinycdna\.fa\.gz into /,
      ),
    ],
  ]);
});

describe("with them", () => {
  beforeAll(async () => {
    for (const fasta of own.fastas) cpSync(fasta, join(own.data, basename(fasta)));
    expect(await run(["data", "add", own.genome])).toMatchObject({ code: 0 });
    const done = await benchmark(out);
    expect(done).toMatchObject({ code: 0 });
    expect(done.stderr.match(/\S+ is taken for \S+ by its name/g)).toEqual([
      `${join(own.data, "tinycdna.fa")} is taken for tinycdna by its name`,
    ]);
  }, 120_000);

  test.each(["train", "test"] as const)(
    "the sequences of %s are those of its strands",
    async (part) => {
      const { columns } = await readArrowTable(join(out, "data", OWN_SET, `${part}.arrow`));
      const column = (name: string): unknown[] => [
        ...(columns.find((one) => one.name === name)?.values ?? []),
      ];
      const sorted = [...rowsOf(part)].sort((a, b) =>
        a.label < b.label ? -1 : Number(a.label > b.label),
      );
      expect(column("id")).toEqual(sorted.map(idOf));
      expect(column("sequence")).toEqual(sorted.map(({ bases }) => bases));
      for (const name of ["label", "contig", "start", "end", "strand"] as const) {
        expect(column(name)).toEqual(sorted.map((row) => row[name]));
      }
    },
  );

  test("every model is tested on the official test, and overlapping training stays in one part", async () => {
    const rows = await readRows(join(out, "predictions.arrow"));
    for (const model of ["gc", "kmer6", "scratch"]) {
      for (const seed of [1, 2]) {
        const ids = rows.filter((r) => r.model === model && r.seed === seed).map(({ id }) => id);
        expect(ids.sort()).toEqual(rowsOf("test").map(idOf).sort());
      }
    }
    const [set] = readRecord(out).sets;
    expect([set?.name, set?.classes]).toEqual([OWN_SET, ["gaps", "genes"]]);
    expect(set?.leakage.intervals).toEqual(naiveLeakage([...rowsOf("train")], [...rowsOf("test")]));
    const valid = await readArrowTable(
      join(out, "trials", OWN_SET, "kmer6/seed=1/predictions.valid.arrow"),
    );
    const held = new Set(valid.columns[0]?.values as readonly string[]);
    const [kept, left] = [true, false].map((isHeld) =>
      rowsOf("train").filter((row) => held.has(idOf(row)) === isHeld),
    ) as [OwnRow[], OwnRow[]];
    expect(kept.length).toBeGreaterThan(5);
    const touches = (a: OwnRow, b: OwnRow): boolean =>
      a.contig === b.contig && a.start < b.end && b.start < a.end;
    expect(kept.filter((row) => left.some((other) => touches(row, other)))).toEqual([]);
  });

  test("a network's trial has the sequences that gdiff finetune --set draws", async () => {
    const path = join(out, "trials", OWN_SET, "scratch/lr=0.001,batch=64/seed=2/result.json");
    const args = ["--set", "tiny", "--groups", "overlap", "--seed", "2", "--from-scratch", "nano"];
    const { stdout } = await run(["finetune", ...args, "--dry-run", "--json"]);
    const [drawn, trial] = [JSON.parse(stdout), JSON.parse(readFileSync(path, "utf8"))];
    expect(drawn.dataSha256).toBe(trial.dataSha256);
    expect(drawn.sequences).toEqual(trial.sequences);
  });

  test("a genome with another base is refused; one that is gone no longer matters", async () => {
    const fasta = join(own.data, "tinygenome.fa");
    const text = readFileSync(fasta, "utf8");
    const { start } = own.rows.find(({ contig }) => contig === "chr1") as OwnRow;
    const at = text.indexOf("\n") + 1 + start;
    const other = text[at]?.toUpperCase() === "A" ? "C" : "A";
    writeFileSync(fasta, text.slice(0, at) + other + text.slice(at + 1));
    const refused = await benchmark(join(folder, "changed"));
    expect(refused.code).toBe(4);
    expect(errorLines(refused)[0]).toMatch(
      /E_VERIFY: tiny_genes_or_gaps, train: expected the sequences that are known of it, got others/,
    );
    rmSync(fasta);
    const again = await benchmark(out);
    expect(again).toMatchObject({ code: 0 });
    expect(readRecord(out).leftOut).toEqual([]);
  });
});
