import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { runDataAdd } from "../../../pipelines/data/add/run.ts";
import { runDataVerify } from "../../../pipelines/data/verify/run.ts";
import { bgzfFile } from "../../genome/bgzf-fixture.ts";
import { failure, temporaryFile } from "../../genome/fixtures.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { dataFolder, put } from "./data-folder.ts";
import { A, A_MASKED, B, fastaText, toyManifest } from "./toy.ts";

/** A data folder that knows the toy genome. */
async function toyFolder(more: object = {}): Promise<string> {
  const folder = dataFolder();
  await runDataAdd({ manifest: temporaryFile("toy.json", toyManifest(more)) }, quietIo());
  return folder;
}

const verify = (genome: string) => runDataVerify({ genome }, quietIo());
const GOOD = fastaText({ chrA: A, chrB: B });

describe("a file by the genome's name", () => {
  it.each([
    ["toy.fa", GOOD],
    ["t1.fa.gz", gzipSync(GOOD)],
    ["toy.fa.gz", bgzfFile(GOOD, 99)],
    ["t1.fa", fastaText({ "other-chrA": A.toLowerCase(), whatever: B }, 13)],
  ])("is verified as %s", async (name, content) => {
    const path = put(await toyFolder(), name, content);
    const io = quietIo();
    const summary = await runDataVerify({ genome: "TOY" }, io);
    expect(summary).toEqual({
      path,
      bytes: content.length,
      sha256: createHash("sha256").update(content).digest("hex"),
      isPublished: false,
      genome: "toy",
      flavours: ["plain"],
      contigs: 2,
      verified: 2,
      unknown: [],
      missing: [],
      record: `${path}.gdiff.json`,
    });
    expect(io.out.join("")).toBe(
      [
        `file      ${path}`,
        `SHA-256   ${summary.sha256}`,
        "genome    toy, flavour plain",
        "contigs   2, of which 2 have bases that are known",
        "",
      ].join("\n"),
    );
  });

  it("of the other flavour is that", async () => {
    put(await toyFolder(), "toy.fa", fastaText({ a: A_MASKED, b: B }));
    expect((await verify("toy")).flavours).toEqual(["masked"]);
  });

  it("is the published one by its SHA-256", async () => {
    const sha256 = createHash("sha256").update(GOOD).digest("hex");
    const file = { url: "https://example.org/t.fa", bytes: 1, sha256, flavour: "plain" };
    put(await toyFolder({ file }), "toy.fa", GOOD);
    const io = quietIo();
    expect((await runDataVerify({ genome: "toy" }, io)).isPublished).toBe(true);
    expect(io.out.join("")).toContain(`${sha256}, of the published file\n`);
  });

  it("that lacks a contig is refused, as when it is cut between two", async () => {
    const path = put(await toyFolder(), "toy.fa", fastaText({ chrA: A }));
    expect(await failure(() => verify("toy"))).toBe(
      `VerificationError: ${path}: expected the 2 contigs of toy, got none of the bases or lengths of chrB (is it cut, or another assembly?)`,
    );
  });

  it("with one base changed is refused", async () => {
    const path = put(await toyFolder(), "toy.fa", fastaText({ chrA: A, chrB: `T${B.slice(1)}` }));
    const md5 = createHash("md5")
      .update(`T${B.slice(1)}`)
      .digest("hex");
    expect(await failure(() => verify("toy"))).toBe(
      `VerificationError: ${path}: expected bases of a known flavour of toy (plain, masked), got others in chrB (MD5 ${md5}): fetch it again if it should be one; --fasta takes it as it is`,
    );
  });

  it("may hold more than the manifest lists", async () => {
    put(await toyFolder(), "toy.fa", fastaText({ chrA: A, more: "ACGT", chrB: B }));
    expect(await verify("toy")).toMatchObject({ contigs: 3, verified: 2, unknown: [] });
  });

  it("that is not there: it is said how to have it", async () => {
    const folder = await toyFolder();
    expect(await failure(() => verify("toy"))).toBe(
      `FileError: genome toy is not on this machine (looked in ${folder}), and no public file of it is known: put it there as ${folder}/toy.fa.gz, or give the path of a file`,
    );
    expect(await failure(() => verify("demo"))).toBe(
      "FileError: expected a genome with a file, got demo, which is built in (--genome demo needs nothing fetched, verified or indexed)",
    );
    expect(await failure(() => verify("tooy"))).toMatch(
      /^ConfigError: expected a file that is there, or the name of a genome: demo, .*, t1, toy \(toy\?\), got "tooy" /,
    );
  });
});

describe("a file by its path", () => {
  it("is on this machine", async () => {
    dataFolder();
    expect(await failure(() => verify("https://example.org/a.fa"))).toBe(
      "FileError: expected a file on this machine, got https://example.org/a.fa: download it, and give its path",
    );
  });

  it("is recognised, a part of the genome too", async () => {
    await toyFolder();
    const path = temporaryFile("x.fa", fastaText({ x: B }));
    const summary = await verify(path);
    expect(summary).toMatchObject({
      genome: "toy",
      missing: ["chrA"],
      flavours: ["plain", "masked"],
    });
  });

  it("that mixes flavours is taken, and said to", async () => {
    await toyFolder();
    const two = toyManifest({ name: "two", aliases: [] }).replaceAll('"other-', '"2other-');
    const manifest = JSON.parse(two);
    // A second contig that differs between flavours, so that a file can mix them.
    manifest.contigs[1].md5.masked = createHash("md5").update(B.replaceAll("A", "N")).digest("hex");
    await runDataAdd({ manifest: temporaryFile("two.json", JSON.stringify(manifest)) }, quietIo());
    const path = temporaryFile("x.fa", fastaText({ a: A, b: B.replaceAll("A", "N") }));
    const io = quietIo();
    expect(await runDataVerify({ genome: path }, io)).toMatchObject({
      genome: "two",
      flavours: [],
    });
    expect(io.out.join("")).toContain("genome    two, flavours mixed\n");
  });

  it("that nobody knows can be held against nothing at first, then against what it was", async () => {
    const folder = await toyFolder();
    const path = put(folder, "own.fa", ">x\nACGT\n");
    expect(await failure(() => verify(path))).toBe(
      `FileError: ${path}: expected contigs that a manifest knows, got none (gdiff data add takes a manifest; what the file holds now is remembered in ${path}.gdiff.json)`,
    );
    expect(await verify(path)).toMatchObject({ genome: null, contigs: 1, verified: 0 });
  });

  it("whose bytes changed though size and time did not is refused, and stays remembered as it was", async () => {
    const path = put(await toyFolder(), "own.fa", GOOD);
    utimesSync(path, 1000, 1000);
    await verify(path);
    const record = readFileSync(`${path}.gdiff.json`);
    writeFileSync(path, GOOD.replace("TTGC", "ttgc")); // the same bases in another case
    utimesSync(path, 1000, 1000);
    expect(await failure(() => verify(path))).toMatch(
      /^VerificationError: .*: expected the bytes that it had when it was verified \(SHA-256 [0-9a-f]{64}\), got [0-9a-f]{64}, though its size and time are the same: the disk or the copy is damaged/,
    );
    expect(readFileSync(`${path}.gdiff.json`)).toEqual(record);
  });

  it("that was written anew is remembered anew", async () => {
    const path = put(await toyFolder(), "own.fa", GOOD);
    await verify(path);
    writeFileSync(path, fastaText({ chrA: A_MASKED, chrB: B }));
    utimesSync(path, 5, 5);
    expect(await verify(path)).toMatchObject({ flavours: ["masked"] });
  });

  it("with a damaged record is read all the same, and the record is written anew", async () => {
    const path = put(await toyFolder(), "own.fa", GOOD);
    writeFileSync(`${path}.gdiff.json`, "{");
    const io = quietIo();
    await runDataVerify({ genome: path }, io);
    expect(io.lines).toEqual([
      `${path}.gdiff.json: expected JSON, got text that is not JSON: written anew`,
    ]);
    expect(JSON.parse(readFileSync(`${path}.gdiff.json`, "utf8")).bytes).toBe(GOOD.length);
  });

  it("may be called as a genome is", async () => {
    const folder = await toyFolder();
    mkdirSync(join(folder, "toy"));
    const path = put(join(folder, "toy"), "toy", fastaText({ x: B }));
    expect((await verify(path)).path).toBe(path);
  });
});

it("stops between two pieces, with nothing remembered", async () => {
  const path = put(await toyFolder(), "toy.fa", GOOD);
  const reason = { signal: "SIGINT", exitCode: 130 } as const;
  const io = quietIo(AbortSignal.abort(reason));
  await expect(runDataVerify({ genome: "toy" }, io)).rejects.toBe(reason);
  expect(() => statSync(`${path}.gdiff.json`)).toThrow();
});
