import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { runDataAdd } from "../../../pipelines/data/add/run.ts";
import { runDataInfo } from "../../../pipelines/data/info/run.ts";
import { listPage, runDataList, setsPage } from "../../../pipelines/data/list/run.ts";
import { runDataVerify } from "../../../pipelines/data/verify/run.ts";
import { asUnprivileged } from "../../genome/as-unprivileged.ts";
import { temporaryFile, temporaryFolder } from "../../genome/fixtures.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { dataFolder, put } from "./data-folder.ts";
import { A, B, fastaText, toyManifest } from "./toy.ts";

afterEach(() => void vi.unstubAllEnvs());

it("lists what is known, and where its file is once it is there", async () => {
  const folder = join(temporaryFolder(), "data");
  vi.stubEnv("GDIFF_DATA", folder);
  const io = quietIo();
  const before = await runDataList(io);
  expect([before.searched, before.written]).toEqual([[folder], folder]);
  expect(before.genomes).toContainEqual({
    name: "GRCh38",
    aliases: ["hg38"],
    about: "Homo sapiens, the primary chromosomes and the mitochondrion",
    contigs: 25,
    bases: 3_088_286_401,
    isBuiltIn: false,
    path: null,
    verdict: null,
    url: "https://hgdownload.soe.ucsc.edu/goldenPath/hg38/bigZips/hg38.fa.gz",
    manifest: expect.stringMatching(/grch38\.json$/),
  });
  expect(io.out.join("")).toBe(`${listPage(before.genomes)}\n${setsPage(before.sets)}`);

  mkdirSync(folder);
  writeFileSync(join(folder, "hg38.fa"), "");
  const after = await runDataList(quietIo());
  expect(after.genomes.find(({ name }) => name === "GRCh38")?.path).toBe(join(folder, "hg38.fa"));
});

it("is a table whose columns stand under each other, with nothing that moves a cursor", () => {
  const genome = {
    name: "a",
    aliases: ["b", "c"],
    about: "",
    contigs: 1,
    bases: 1234,
    isBuiltIn: false,
    path: null,
    verdict: null,
    url: null,
    manifest: "",
  };
  const page = listPage([
    genome,
    { ...genome, name: "longer", path: "/x\u001b/a.fa", verdict: "verified" },
    { ...genome, isBuiltIn: true },
    { ...genome, url: "https://a" },
  ]);
  expect(page).toBe(
    [
      "name    also  contigs  bases  checked   file",
      "a       b, c        1  1,234            not here",
      "longer  b, c        1  1,234  verified  /x\\x1b/a.fa",
      "a       b, c        1  1,234            built in",
      "a       b, c        1  1,234            not here; can be fetched",
      "",
    ].join("\n"),
  );
});

it("says what is remembered of each file", async () => {
  const folder = dataFolder();
  await runDataAdd({ manifest: temporaryFile("t.json", toyManifest()) }, quietIo());
  const verdict = async () =>
    (await runDataList(quietIo())).genomes.find(({ name }) => name === "toy")?.verdict;
  expect(await verdict()).toBeNull();
  const path = put(folder, "toy.fa", fastaText({ chrA: A, chrB: B }));
  expect(await verdict()).toBe("not verified");
  await runDataVerify({ genome: "toy" }, quietIo());
  expect(await verdict()).toBe("verified");
  put(folder, "toy.fa", fastaText({ chrA: A }));
  expect(await verdict()).toBe("changed");
  await runDataInfo({ genome: "toy" }, quietIo());
  expect(await verdict()).toBe("other bases");
  writeFileSync(`${path}.gdiff.json`, "");
  expect(await verdict()).toBe("not verified");
  chmodSync(path, 0);
  chmodSync(folder, 0o755);
  await asUnprivileged(async () => expect(await verdict()).toBe("unreadable"));
});
