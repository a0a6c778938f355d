import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { hasPythonModule, runPython } from "../../support/oracles.ts";
import { filesBelow } from "../support/tiny-run.ts";
import { GENOME_TEXT, prepare, prepareFixture } from "./prepare-fixture.ts";

const { whole, options, inFolder } = prepareFixture();

test("says what it wrote, and what to do with it", async () => {
  const out = inFolder("what it said");
  const { code, stderr } = await prepare(out, ...options, "--windows", "900");
  const lines = stderr.trimEnd().split("\n");
  expect(code).toBe(0);
  expect(lines[0]).toMatch(/^no regions given: the last tenth of every contig is held out/);
  expect(lines[1]).toBe("1,020 windows of 100 bases in 8 shards, about 129.5 KiB");
  expect(lines.at(-2)).toMatch(/^1,020\/1,020 {2}100% /);
  expect(lines.at(-1)).toBe(
    `${out}: wrote 8 shards, kept 0 that were whole; train with: gdiff pretrain --shards '${out}'`,
  );
  expect(filesBelow(out)).toEqual(filesBelow(whole));
});

test("--json sums it up", async () => {
  const { stdout } = await prepare(inFolder("json"), ...options, "--epochs", "2", "--json");
  expect(JSON.parse(stdout)).toEqual({
    folder: inFolder("json"),
    windows: { train: 2160, valid: 60, test: 60 },
    windowsPerEpoch: 1080,
    shards: 17,
    written: 17,
    kept: 0,
    missing: 0,
    bytes: expect.any(Number),
  });
});

const READ = `
import json, sys, pathlib
import numpy as np, pyarrow.ipc as ipc
folder = pathlib.Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text())
out = {}
for split, files in manifest["splits"].items():
    rows = out[split] = []
    for file in files:
        table = ipc.open_file(folder / file["name"]).read_all()
        table.validate(full=True)
        assert table.num_rows == file["rows"]
        for row in table.to_pylist():
            text = "".join("ACGTN"[i] for i in row["ids"])
            bits = np.unpackbits(np.frombuffer(row["softMasked"], np.uint8), bitorder="little")[:len(text)]
            text = "".join(c.lower() if b else c for c, b in zip(text, bits))
            rows.append([row["contig"], row["start"], row["strand"], text])
print(json.dumps(out))`;

const COMPLEMENT: Readonly<Record<string, string>> = Object.fromEntries(
  ["AT", "CG", "at", "cg", "NN"].flatMap(([a, b]) => [
    [a, b],
    [b, a],
  ]),
);

test.runIf(hasPythonModule("pyarrow"))(
  "pyarrow finds the genome's bases in every row",
  async () => {
    const read: Record<string, [string, number, string, string][]> = JSON.parse(
      runPython(READ, [whole]),
    );
    expect(Object.entries(read).map(([split, rows]) => [split, rows.length])).toEqual([
      ["train", 900],
      ["valid", 60],
      ["test", 60],
    ]);
    const sequences = new Map(
      GENOME_TEXT.split(">")
        .slice(1)
        .map((record) => {
          const [name = "", ...lines] = record.split("\n");
          return [name, lines.join("")];
        }),
    );
    const strands = new Set<string>();
    for (const [contig, start, strand, got] of Object.values(read).flat()) {
      const forward = sequences.get(contig)?.slice(start, start + 100) ?? "";
      const reverse = [...forward].reverse().map((letter) => COMPLEMENT[letter]);
      expect(got).toBe(strand === "+" ? forward : reverse.join(""));
      strands.add(strand);
    }
    expect([...strands].sort()).toEqual(["+", "-"]);
    expect(read.valid?.every(([, start, strand]) => start >= 3600 && strand === "+")).toBe(true);
  },
);

test("--shard: processes write their parts, and whoever comes last the manifest", async () => {
  const out = inFolder("parts");
  const args = [...options, "--windows", "900"];
  const first = await prepare(out, ...args, "--shard", "3/3");
  expect(first.stderr).toContain(
    `${out}: wrote 2 shards, kept 0 that were whole; 6 of 8 are not there yet: run the other parts, ` +
      `or gdiff data prepare --out ${out} to write what is missing`,
  );
  expect(readdirSync(out)).not.toContain("manifest.json");
  const rest = await Promise.all(
    ["1/3", "2/3"].map((part) => prepare(out, ...args, "--shard", part)),
  );
  expect(rest.map(({ code }) => code)).toEqual([0, 0]);
  await prepare(out, ...args); // both may have ended before the other did
  expect(filesBelow(out)).toEqual(filesBelow(whole));
});
