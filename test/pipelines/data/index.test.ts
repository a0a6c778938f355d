import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { runDataAdd } from "../../../pipelines/data/add/run.ts";
import { runDataIndex } from "../../../pipelines/data/index/run.ts";
import { runDataVerify } from "../../../pipelines/data/verify/run.ts";
import { asUnprivileged } from "../../genome/as-unprivileged.ts";
import { bgzfFile } from "../../genome/bgzf-fixture.ts";
import { failure, temporaryFile, temporaryFolder } from "../../genome/fixtures.ts";
import { twoBitFile } from "../../genome/twobit-fixture.ts";
import { hasProgram } from "../../support/oracles.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { dataFolder, put } from "./data-folder.ts";
import { A, B, fastaText, toyManifest } from "./toy.ts";

const TEXT = fastaText({ chrA: A, chrB: B });
const index = (genome: string, out?: string) =>
  runDataIndex({ genome, ...(out === undefined ? {} : { out }) }, quietIo());

describe("plain gzip", () => {
  it("becomes bgzip in its place, is said to, and is remembered as made from what it was", async () => {
    const folder = dataFolder();
    const gzip = gzipSync(TEXT);
    const sha256 = createHash("sha256").update(gzip).digest("hex");
    const file = { url: "https://example.org/t.fa", bytes: 1, sha256, flavour: "plain" };
    await runDataAdd({ manifest: temporaryFile("t.json", toyManifest({ file })) }, quietIo());
    const path = put(folder, "toy.fa.gz", gzip);
    const io = quietIo();
    const summary = await runDataIndex({ genome: "toy" }, io);
    expect(io.lines).toEqual([
      `${path} is plain gzip, which cannot be read in parts: it is written anew as bgzip in its place, once; the text stays the same`,
    ]);
    expect(summary).toEqual({
      path,
      bytes: readFileSync(path).length,
      format: "bgzf",
      contigs: 2,
      bases: A.length + B.length,
      isReblocked: true,
      fai: `${path}.fai`,
      gzi: `${path}.gzi`,
    });
    expect(gunzipSync(readFileSync(path)).toString()).toBe(TEXT);
    expect(readdirSync(folder).sort()).toEqual(
      ["manifests", ...["", ".fai", ".gdiff.json", ".gzi"].map((end) => `toy.fa.gz${end}`)].sort(),
    );
    // The download's hash is gone with the download; that this file was made from it is not.
    expect(await runDataVerify({ genome: "toy" }, quietIo())).toMatchObject({
      isPublished: true,
      verified: 2,
    });

    const again = quietIo();
    expect(await runDataIndex({ genome: "toy" }, again)).toEqual({
      ...summary,
      isReblocked: false,
    });
    expect(again.lines).toEqual([]);
  });

  it("of a symbolic link is replaced where the link leads", async () => {
    const path = put(dataFolder(), "a.fa.gz", gzipSync(TEXT));
    const link = join(dirname(path), "link.fa.gz");
    symlinkSync(path, link);
    await index(link);
    expect(gunzipSync(readFileSync(path)).toString()).toBe(TEXT);
    expect(readdirSync(dirname(path))).toContain("link.fa.gz.fai");
  });

  it.each([
    ["is cut", gzipSync(TEXT).subarray(0, -9), "CompressionError"],
    ["is no FASTA", gzipSync("hello\n"), "FastaError"],
    ["has a bad letter late", gzipSync(`${TEXT}>c\nACGT!\n`), "FastaError"],
  ])("that %s stays as it is", async (_what, content, error) => {
    const path = put(dataFolder(), "a.fa.gz", content);
    expect(await failure(() => index(path))).toMatch(new RegExp(`^${error}: `));
    expect(readdirSync(dirname(path))).toEqual(["a.fa.gz"]);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it("beside what a killed call left, which is cleared, and nothing else", async () => {
    const path = put(dataFolder(), "a.fa.gz", gzipSync(TEXT));
    put(dirname(path), "a.fa.gz.tmp-4194999-0123abcd", "of a process that is no more");
    put(dirname(path), "a.fa.gz.tmp-notes", "mine");
    await index(path);
    expect(readdirSync(dirname(path)).filter((name) => name.includes("tmp"))).toEqual([
      "a.fa.gz.tmp-notes",
    ]);
  });

  it("by one call at a time: another is refused before it begins, or finds the work done", async () => {
    const path = put(dataFolder(), "a.fa.gz", gzipSync(TEXT));
    const link = join(dirname(path), "link.fa.gz");
    symlinkSync(path, link);
    const calls = await Promise.allSettled([index(path), index(link), index(path)]);
    const held = new RegExp(
      `^${path}: expected to be the only one to write it, but process ${process.pid} on .* has been at it since .*: wait for it$`,
    );
    const made = calls.filter((call) => call.status === "fulfilled");
    expect(made.filter(({ value }) => value.isReblocked)).toHaveLength(1);
    for (const call of calls) {
      if (call.status === "rejected") expect(call.reason.message).toMatch(held);
    }
    expect(gunzipSync(readFileSync(path)).toString()).toBe(TEXT);
    expect(readdirSync(dirname(path)).filter((name) => /lock|tmp/.test(name))).toEqual([]);
    expect(await index(path)).toMatchObject({ isReblocked: false, contigs: 2 });
  });

  it("stays as it is when the work is stopped", async () => {
    const content = gzipSync(TEXT);
    const path = put(dataFolder(), "a.fa.gz", content);
    const stop = new AbortController();
    const reason = { signal: "SIGINT", exitCode: 130 } as const;
    const io = {
      ...quietIo(stop.signal),
      progress: { update: () => stop.abort(reason), finish: () => {} },
    };
    await expect(runDataIndex({ genome: path }, io)).rejects.toBe(reason);
    expect(readdirSync(dirname(path))).toEqual(["a.fa.gz"]);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it("in a folder that may not be written to stays, and a copy may be made elsewhere", async () => {
    const path = put(dataFolder(), "a.fa.gz", gzipSync(TEXT));
    chmodSync(dirname(path), 0o555);
    await asUnprivileged(async () => {
      expect(await failure(() => index(path))).toBe(
        `FileError: ${path}: expected to write the file, but ${dirname(path)} may not be written to (EACCES): change its permissions, or choose another path`,
      );
    });
    const out = join(temporaryFolder(), "copy.fa.gz");
    expect(await index(path, out)).toMatchObject({ path: out, isReblocked: true, contigs: 2 });
    expect(readdirSync(dirname(path))).toEqual(["a.fa.gz"]);
  });
});

describe("--out", () => {
  it.each([
    ["plain", TEXT],
    ["bgzip", bgzfFile(TEXT, 50)],
  ])("copies %s too", async (_kind, content) => {
    const path = put(dataFolder(), "a.fa", content);
    const out = join(dirname(path), "copy.fa.gz");
    await index(path, out);
    expect(gunzipSync(readFileSync(out)).toString()).toBe(TEXT);
  });

  it("may not be the file itself, by any path", async () => {
    const path = put(dataFolder(), "a.fa", TEXT);
    const link = join(dirname(path), "link");
    symlinkSync(path, link);
    expect(await failure(() => index(path, link))).toBe(
      `ConfigError: expected --out to name another file, got ${link}, the one that is read`,
    );
  });
});

describe("2bit", () => {
  it("is its own index, and is not copied", async () => {
    const path = put(dataFolder(), "a.2bit", twoBitFile([["x", "ACGTNNacg"]]));
    const io = quietIo();
    const summary = await runDataIndex({ genome: path }, io);
    expect(summary).toMatchObject({ format: "2bit", fai: null, gzi: null, contigs: 1, bases: 9 });
    expect(io.out.join("")).toContain("1 contig of 9 bases in");
    expect(io.out.join("")).toContain("; 2bit is its own index\n");
    expect(readdirSync(dirname(path))).toEqual(["a.2bit"]);
    expect(await failure(() => index(path, `${path}.gz`))).toBe(
      `FileError: ${path}: expected FASTA to copy as bgzip, got 2bit (twoBitToFa makes FASTA)`,
    );
  });
});

describe("plain text and bgzip", () => {
  it.skipIf(!hasProgram("samtools"))("get the indices that samtools makes", async () => {
    const folder = dataFolder();
    for (const [name, content] of [
      ["a.fa", TEXT],
      ["b.fa.gz", bgzfFile(TEXT, 50)],
    ] as const) {
      const path = put(folder, name, content);
      const other = join(temporaryFolder(), name);
      copyFileSync(path, other);
      await index(path);
      expect(spawnSync("samtools", ["faidx", other]).status).toBe(0);
      const ends = name.endsWith(".gz") ? [".fai", ".gzi"] : [".fai"];
      for (const end of ends) expect(readFileSync(path + end)).toEqual(readFileSync(other + end));
    }
  });

  it("with a wrong index are refused", async () => {
    const path = put(dataFolder(), "a.fa", TEXT);
    writeFileSync(`${path}.fai`, "chrA\t5\t6\t5\t6\n");
    expect(await failure(() => index(path))).toMatch(/^IndexFileError: .*delete it and it will be/);
  });

  it("in a folder that may not be written to have no index, nor in a data folder that may not be", async () => {
    const path = put(dataFolder(), "a.fa", TEXT);
    chmodSync(dirname(path), 0o555);
    await asUnprivileged(async () => {
      expect(await failure(() => index(path))).toBe(
        `FileError: ${path}: expected to keep its index, but neither its folder nor the data folder may be written to, or both are full: --out FILE makes an indexed copy elsewhere`,
      );
    });
  });
});
