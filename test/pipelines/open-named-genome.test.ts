import { chmodSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { runDataAdd } from "../../pipelines/data/add/run.ts";
import { runDataIndex } from "../../pipelines/data/index/run.ts";
import { runDataInfo } from "../../pipelines/data/info/run.ts";
import { runDataVerify } from "../../pipelines/data/verify/run.ts";
import { type NamedGenome, openNamedGenome } from "../../pipelines/open-named-genome.ts";
import { resolveContig } from "../../src/genome/contig-alias.ts";
import { asUnprivileged } from "../genome/as-unprivileged.ts";
import { bgzfFile } from "../genome/bgzf-fixture.ts";
import { failure, temporaryFile, temporaryFolder } from "../genome/fixtures.ts";
import { quietIo } from "../support/quiet-io.ts";
import { dataFolder, put } from "./data/data-folder.ts";
import { A, A_MASKED, B, fastaText, toyManifest } from "./data/toy.ts";

const SPLITS = { splits: { train: ["chrA"], valid: ["chrB"], test: [] } };
const GOOD = fastaText({ chrA: A, chrB: B });

async function toyFolder(): Promise<string> {
  const folder = dataFolder();
  await runDataAdd({ manifest: temporaryFile("toy.json", toyManifest(SPLITS)) }, quietIo());
  return folder;
}

async function opened(source: { genome?: string; fasta?: string }): Promise<NamedGenome> {
  const named = await openNamedGenome(source, quietIo());
  await named.genome.close();
  return named;
}

const name = ({ genome, aliases }: NamedGenome, wanted: string): string =>
  resolveContig(genome.contigs, wanted, aliases).name;

describe("a known genome", () => {
  it("has its manifest's splits under the file's names, and is not verified until it is", async () => {
    put(await toyFolder(), "toy.fa", fastaText({ "other-chrA": A, chrB: B }));
    const before = await opened({ genome: "T1" });
    expect(before.splits).toEqual({
      train: [{ contig: "other-chrA", start: 0, end: A.length }],
      valid: [{ contig: "chrB", start: 0, end: B.length }],
      test: [],
    });
    expect(before.notices).toEqual([
      'toy was not verified yet: "gdiff data verify toy" checks every base',
    ]);
    await runDataVerify({ genome: "toy" }, quietIo());
    expect((await opened({ genome: "toy" })).notices).toEqual([]);
  });

  it("goes by its bases once they are known, whatever the names", async () => {
    put(await toyFolder(), "toy.fa", fastaText({ x: A, y: B }));
    expect(await failure(() => opened({ genome: "toy" }))).toMatch(/^RegionError: .*"chrA"/);
    await runDataVerify({ genome: "toy" }, quietIo());
    const named = await opened({ genome: "toy" });
    expect(named.splits?.valid).toEqual([{ contig: "y", start: 0, end: B.length }]);
    expect([name(named, "chrA"), name(named, "other-chrB")]).toEqual(["x", "y"]);
  });

  it("whose file was changed is not verified any more", async () => {
    const path = put(await toyFolder(), "toy.fa", GOOD);
    await runDataVerify({ genome: "toy" }, quietIo());
    utimesSync(path, 9, 9);
    expect((await opened({ genome: "toy" })).notices).toContain(
      'toy was changed since it was verified: "gdiff data verify toy" checks every base',
    );
  });

  it("with bases of no known flavour is used, and said to", async () => {
    const path = put(await toyFolder(), "toy.fa", fastaText({ chrA: A, chrB: `T${B.slice(1)}` }));
    await runDataInfo({ genome: "toy" }, quietIo());
    expect((await opened({ genome: "toy" })).notices).toEqual([
      `${path}: bases of chrB are of no known flavour of toy`,
    ]);
  });

  it("with a record that is damaged is used, and said to", async () => {
    const path = put(await toyFolder(), "toy.fa", GOOD);
    writeFileSync(`${path}.gdiff.json`, "{}");
    expect((await opened({ genome: "toy" })).notices).toEqual([
      `${path}.gdiff.json: expected the record as gdiff wrote it, got one that was changed: it is not used`,
    ]);
  });

  it("of another length is another assembly", async () => {
    const path = put(await toyFolder(), "toy.fa", fastaText({ chrA: A.slice(1), chrB: B }));
    expect(await failure(() => opened({ genome: "toy" }))).toBe(
      `RegionError: expected ${path} to be toy, but chrA has 354 bases, in toy it has 355 (give another assembly by --fasta)`,
    );
  });

  it("of this size in plain gzip needs its blocks first", async () => {
    const path = put(dataFolder(), "hg38.fa.gz", gzipSync(">chr1\nACGT\n"));
    expect(await failure(() => opened({ genome: "hg38" }))).toBe(
      `FileError: ${path}: plain gzip of this size cannot be read in parts: "gdiff data index GRCh38" makes it bgzip, once`,
    );
  });

  it("may not claim to be built in", async () => {
    const folder = await toyFolder();
    const manifest = put(
      join(folder, "manifests"),
      "x.json",
      toyManifest({ name: "x", aliases: [], builtIn: true }),
    );
    expect(await failure(() => opened({ genome: "x" }))).toBe(
      `FileError: ${manifest}: expected demo, the one genome that is built in, got x`,
    );
  });
});

describe("a FASTA by its path", () => {
  it("goes by a known genome's names where lengths are the same, and by its bases once they are known", async () => {
    await toyFolder();
    const path = temporaryFile("a.fa", fastaText({ chrA: A, mine: B }));
    const before = await opened({ fasta: path });
    expect([name(before, "other-chrA"), before.notices]).toEqual(["chrA", []]);
    expect(() => name(before, "chrB")).toThrow();
    await runDataInfo({ genome: path }, quietIo());
    expect(name(await opened({ fasta: path }), "chrB")).toBe("mine");
  });

  it("that mixes flavours is used, and said to", async () => {
    await toyFolder();
    // A second pair of contigs that differ between flavours.
    const [C, D] = [A.replaceAll("G", "C"), A_MASKED.replaceAll("G", "C")];
    const contigs = JSON.parse(toyManifest()).contigs;
    const { createHash } = await import("node:crypto");
    const md5 = (bases: string) => createHash("md5").update(bases.toUpperCase()).digest("hex");
    contigs[1] = {
      ...contigs[1],
      lengthBases: C.length,
      md5: { plain: md5(C), masked: md5(D) },
    };
    const renamed = JSON.stringify(contigs).replaceAll("chr", "k");
    const two = toyManifest({ name: "two", aliases: [], contigs: JSON.parse(renamed) });
    await runDataAdd({ manifest: temporaryFile("two.json", two) }, quietIo());
    const path = temporaryFile("a.fa", fastaText({ u: A, v: D }));
    await runDataInfo({ genome: path }, quietIo());
    expect((await opened({ fasta: path })).notices).toEqual([
      `${path}: contigs of different flavours of two: plain (1), masked (1)`,
    ]);
  });

  it("that is not there is missing", async () => {
    dataFolder();
    expect(await failure(() => opened({ fasta: "/no/such.fa" }))).toBe(
      "FileError: /no/such.fa: no such file (check the path)",
    );
  });
});

describe("a folder that may only be read", () => {
  it.each([
    ["x.fa", GOOD, [".fai"]],
    ["x.fa.gz", bgzfFile(GOOD, 60), [".fai", ".gzi"]],
  ])(
    "keeps %s alone; its indices are kept in the user's own folder, and used",
    async (file, content, endings) => {
      const own = temporaryFolder();
      vi.stubEnv("GDIFF_DATA", own);
      chmodSync(own, 0o777);
      const shared = temporaryFolder();
      const path = put(shared, file, content);
      chmodSync(shared, 0o555);
      await asUnprivileged(async () => {
        const first = await opened({ fasta: path });
        expect(first.notices).toHaveLength(endings.length);
        expect(first.notices[0]).toMatch(
          /\.(fai|gzi) could not be written \(EACCES\): the index is kept as /,
        );
        const io = quietIo();
        const again = await openNamedGenome({ fasta: path }, io);
        await again.genome.close();
        expect([again.notices, io.lines]).toEqual([[], []]);
        const summary = await runDataIndex({ genome: path }, quietIo());
        expect(summary.fai).toMatch(new RegExp(`^${own}/beside/[0-9a-f]{16}-${file}\\.fai$`));
      });
      expect(readdirSync(shared)).toEqual([file]);
      expect(readdirSync(join(own, "beside")).map((one) => one.slice(17))).toEqual(
        endings.map((ending) => file + ending),
      );
      vi.unstubAllEnvs();
    },
  );

  it("has its indices in memory where the own folder may not be written to either", async () => {
    const own = temporaryFolder();
    vi.stubEnv("GDIFF_DATA", own);
    const shared = temporaryFolder();
    const path = put(shared, "x.fa", GOOD);
    for (const folder of [own, shared]) chmodSync(folder, 0o555);
    await asUnprivileged(async () => {
      const { notices } = await opened({ fasta: path });
      expect(notices).toEqual([
        `${path}.fai could not be written (EACCES): the index is kept in memory and will be built again next time`,
      ]);
    });
    rmSync(shared, { recursive: true });
    vi.unstubAllEnvs();
  });
});
