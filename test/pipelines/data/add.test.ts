import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { runDataAdd } from "../../../pipelines/data/add/run.ts";
import { runDataList } from "../../../pipelines/data/list/run.ts";
import { failure, temporaryFile } from "../../genome/fixtures.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { dataFolder, put } from "./data-folder.ts";
import { toyManifest } from "./toy.ts";

const add = (manifest: string) => runDataAdd({ manifest }, quietIo());

it("keeps the manifest in the data folder, byte for byte, and knows the genome from then on", async () => {
  const folder = join(dataFolder(), "not", "yet");
  vi.stubEnv("GDIFF_DATA", folder);
  const text = `${toyManifest()}\n\n`;
  const io = quietIo();
  const summary = await runDataAdd({ manifest: temporaryFile("any.json", text) }, io);
  const manifest = join(folder, "manifests", "toy.json");
  expect(summary).toEqual({
    name: "toy",
    aliases: ["t1"],
    contigs: 2,
    bases: 475,
    manifest,
    path: null,
  });
  expect(io.out).toEqual([`added toy: 2 contigs of 475 bases; kept as ${manifest}\n`]);
  expect(readFileSync(manifest, "utf8")).toBe(text);
  const { genomes } = await runDataList(quietIo());
  expect(genomes.at(-1)).toMatchObject({ name: "toy", manifest });
});

it("says where the genome's file is, when it is there already", async () => {
  const folder = dataFolder();
  const path = put(folder, "t1.fa.gz", "");
  expect((await add(temporaryFile("a.json", toyManifest()))).path).toBe(path);
});

it("refuses names that are taken, malformed manifests, and those that say built in", async () => {
  const folder = dataFolder();
  const from = temporaryFile("a.json", toyManifest({ aliases: ["HG38"] }));
  expect(await failure(() => add(from))).toMatch(
    /^FileError: .*a\.json: expected names that no other genome has, but "HG38" is GRCh38 of .*grch38\.json$/,
  );
  const builtIn = temporaryFile("b.json", toyManifest({ builtIn: true }));
  expect(await failure(() => add(builtIn))).toBe(
    `FileError: ${builtIn}: expected a genome of your own, got one that is built in`,
  );
  const cut = temporaryFile("c.json", toyManifest().slice(0, -1));
  expect(await failure(() => add(cut))).toBe(
    `FileError: ${cut}: expected JSON, got text that is not JSON`,
  );
  const none = join(folder, "none.json");
  expect(await failure(() => add(none))).toBe(`FileError: ${none}: no such file (check the path)`);
  expect(existsSync(join(folder, "manifests"))).toBe(false);

  await add(temporaryFile("d.json", toyManifest()));
  const again = temporaryFile("e.json", toyManifest({ name: "T1", aliases: [] }));
  expect(await failure(() => add(again))).toMatch(/but "T1" is toy of .*toy\.json$/);
  expect(readdirSync(join(folder, "manifests"))).toEqual(["toy.json"]);
});
