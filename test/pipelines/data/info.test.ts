import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runDataAdd } from "../../../pipelines/data/add/run.ts";
import { runDataInfo } from "../../../pipelines/data/info/run.ts";
import { failure, temporaryFile } from "../../genome/fixtures.ts";
import { hasPythonModule, runPython, sharedData } from "../../support/oracles.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { dataFolder, put } from "./data-folder.ts";
import { A, B, fastaText, toyManifest } from "./toy.ts";

const OTHERS = { others: [{ names: "*_alt", class: "alt" }] };

describe("gdiff data info", () => {
  it("prints a row a contig and one of all", async () => {
    const folder = dataFolder();
    await runDataAdd({ manifest: temporaryFile("t.json", toyManifest(OTHERS)) }, quietIo());
    const strange = `T${B.slice(1)}`;
    const path = put(folder, "toy.fa", fastaText({ x: A, chrB: strange, chrB_alt: "NNNN" }));
    const io = quietIo();
    const summary = await runDataInfo({ genome: "toy" }, io);
    expect(io.out.join("").split("\n").slice(2)).toEqual([
      "genome    toy, flavour plain",
      "contigs   3, of which 1 have bases that are known",
      "unknown   bases of chrB",
      "",
      "contig    class    flavour  bases        N  IUPAC  soft-masked      GC",
      "x         primary  plain      355    1.13%      1       43.38%  45.71%",
      "chrB      primary  unknown    120    0.00%      0        0.00%  49.17%",
      "chrB_alt  alt                   4  100.00%      0        0.00%       -",
      "all                           479    1.67%      1       32.15%  46.60%",
      "",
    ]);
    expect(summary).toMatchObject({
      path,
      genome: "toy",
      unknown: ["chrB"],
      missing: [],
      total: { length: 479, softMasked: 154, counts: { N: 8, iupac: 1 } },
    });
    expect(summary.table[2]).toMatchObject({ listed: null, class: "alt", flavours: [], gc: null });
  });

  it("reads the file once, and again after a change", async () => {
    const path = put(dataFolder(), "x.fa", ">x\nACGT\n");
    await runDataInfo({ genome: path }, quietIo());
    const record = readFileSync(`${path}.gdiff.json`, "utf8");
    const updates: number[] = [];
    const io = {
      ...quietIo(),
      progress: { update: (done: number) => updates.push(done), finish: () => {} },
    };
    await runDataInfo({ genome: path }, io);
    expect(updates).toEqual([]);
    writeFileSync(path, ">x\nACGTA\n");
    expect((await runDataInfo({ genome: path }, io)).total.length).toBe(5);
    expect(updates).not.toEqual([]);
    expect(readFileSync(`${path}.gdiff.json`, "utf8")).not.toBe(record);
  });

  it("remembers nothing of a file that is damaged", async () => {
    const path = put(dataFolder(), "x.fa", ">x\nACGT!\n");
    expect(await failure(() => runDataInfo({ genome: path }, quietIo()))).toMatch(/^FastaError/);
    expect(existsSync(`${path}.gdiff.json`)).toBe(false);
  });

  it.skipIf(!hasPythonModule("pysam"))("counts as Python does", async () => {
    const source = sharedData("hg38/chr2_1-1000000.softmasked.fa.gz");
    if (source === undefined) return;
    const path = put(dataFolder(), "chr2.fa.gz", readFileSync(source));
    const { table } = await runDataInfo({ genome: path }, quietIo());
    const code = `import sys, json, pysam
from collections import Counter
out = []
for r in pysam.FastxFile(sys.argv[1]):
    s = r.sequence; n = Counter(s.upper())
    out.append([r.name, len(s), n["N"], sum(map(str.islower, s)), (n["G"] + n["C"]) / sum(n[b] for b in "ACGT")])
print(json.dumps(out))`;
    const expected: unknown = JSON.parse(runPython(code, [path]));
    expect(
      table.map(({ name, length, counts, softMasked, gc }) => [
        name,
        length,
        counts.N,
        softMasked,
        gc,
      ]),
    ).toEqual(expected);
  });
});
