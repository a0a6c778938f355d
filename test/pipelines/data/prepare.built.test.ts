import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { hasPythonModule, runPython } from "../../support/oracles.ts";
import { errorLines, filesBelow, gdiff, signalAt, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const inFolder = (name: string): string => join(folder, name);

/** 30 contigs of DNA with lower-case stretches and a few N, 65 bases a line. */
const fasta = inFolder("own genome.fa");
const bases = Array.from({ length: 4000 }, (_, i) => {
  const letter = "ACGT"[(i * i + (i >> 3)) % 4] as string;
  if (i % 500 < 3) return "N";
  return i % 90 < 30 ? letter.toLowerCase() : letter;
}).join("");
const text = Array.from({ length: 30 }, (_, i) => {
  const rotated = bases.slice(100 * i) + bases.slice(0, 100 * i);
  return `>contig_${i}\n${rotated.replaceAll(/.{65}/g, "$&\n")}\n`;
}).join("");

const OPTIONS = ["--fasta", fasta, "--length", "100", "--seed", "7", "--shard-bytes", "20000"];

const prepare = (out: string, ...args: readonly string[]) =>
  gdiff(["data", "prepare", "--out", out, ...args]);

const whole = inFolder("whole");
beforeAll(async () => {
  writeFileSync(fasta, text);
  expect(await prepare(whole, ...OPTIONS, "--windows", "900")).toMatchObject({
    code: 0,
    stdout: "",
  });
});

test("says what it wrote, and what to do with it", async () => {
  const out = inFolder("said");
  const { code, stderr } = await prepare(out, ...OPTIONS, "--windows", "900");
  const lines = stderr.trimEnd().split("\n");
  expect(code).toBe(0);
  expect(lines[0]).toMatch(/^no regions given: the last tenth of every contig is held out/);
  expect(lines[1]).toBe("1,020 windows of 100 bases in 8 shards, about 129.5 KiB");
  expect(lines.at(-2)).toMatch(/^1,020\/1,020 {2}100% /);
  expect(lines.at(-1)).toBe(
    `${out}: wrote 8 shards, kept 0 that were whole; train with: gdiff pretrain --shards ${out}`,
  );
  expect(filesBelow(out)).toEqual(filesBelow(whole));
});

test("--json sums it up", async () => {
  const { stdout } = await prepare(inFolder("json"), ...OPTIONS, "--epochs", "2", "--json");
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
      text
        .split(">")
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

describe("goes on", () => {
  test("after a signal: whole shards stay, nothing is half there, and the end is the same", async () => {
    const [out, reference] = [inFolder("stopped"), inFolder("undisturbed")];
    const args = [...OPTIONS.slice(0, 6), "--shard-bytes", "300000", "--windows", "20000"];
    const stopped = await gdiff(
      ["data", "prepare", "--out", out, ...args],
      signalAt(/^[\d,]+\/20,120 /m, "SIGTERM"),
    );
    expect([stopped.code, errorLines(stopped)]).toEqual([
      75,
      [
        `gdiff: E_STOPPED: stopped by SIGTERM; whole shards are kept; go on with: gdiff data prepare --out ${out}`,
      ],
    ]);
    await prepare(reference, ...args);
    const expected = filesBelow(reference);
    for (const [name, content] of Object.entries(filesBelow(out))) {
      expect(name).toMatch(/^(prepare\.json|.*\.arrow(\.sha256)?)$/);
      if (name.endsWith(".arrow")) expect(content).toBe(expected[name]);
    }
    expect(await prepare(out)).toMatchObject({ code: 0 }); // with the options that it was begun with
    expect(filesBelow(out)).toEqual(expected);
  });

  test("after kills at any moment", async () => {
    const out = inFolder("killed");
    const args = ["data", "prepare", "--out", out, ...OPTIONS, "--windows", "900"];
    for (const delayMs of [0, 4, 12]) {
      await gdiff(args, (child, stderr) => {
        if (/windows of 100 bases/.test(stderr)) setTimeout(() => child.kill("SIGKILL"), delayMs);
      });
    }
    expect(await gdiff(args)).toMatchObject({ code: 0 });
    expect(filesBelow(out)).toEqual(filesBelow(whole));
  });

  test("when more is asked for", async () => {
    const out = inFolder("longer");
    cpSync(whole, out, { recursive: true });
    const { stderr } = await prepare(out, "--windows", "1000");
    expect(stderr).toContain("wrote 2 shards, kept 7 that were whole");
    const reference = inFolder("longer-at-once");
    await prepare(reference, ...OPTIONS, "--windows", "1000");
    expect(filesBelow(out)).toEqual(filesBelow(reference));
  });

  test("and never makes it shorter", async () => {
    const out = inFolder("shorter");
    cpSync(whole, out, { recursive: true });
    const { stderr } = await prepare(out, "--windows", "10");
    expect(stderr).toContain("wrote 0 shards, kept 8 that were whole");
    expect(filesBelow(out)).toEqual(filesBelow(whole));
  });
});

test("--shard: processes write their parts, and whoever comes last the manifest", async () => {
  const out = inFolder("parts");
  const args = [...OPTIONS, "--windows", "900"];
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

describe("refuses", () => {
  const refusals: readonly (readonly [string, readonly string[], number, string])[] = [
    ["no count", [...OPTIONS], 2, "E_CONFIG: expected --windows or --epochs, got neither"],
    [
      "two counts",
      [...OPTIONS, "--windows", "5", "--epochs", "1"],
      2,
      "E_CONFIG: expected --windows or --epochs, got both: 5 and 1",
    ],
    ["no genome", ["--windows", "5"], 2, "E_CONFIG: expected --genome or --fasta, got neither"],
    [
      "a part that is none",
      [...OPTIONS, "--windows", "5", "--shard", "0/2"],
      2,
      'E_CONFIG: expected --shard to be I/N with I from 1 to N, and N at most 1000000, got "0/2" (string)',
    ],
    [
      "too many shards",
      [...OPTIONS, "--windows", "999999999999"],
      2,
      "E_CONFIG: expected at most 250,000 shards in a folder, got 6,535,947,715: use a larger --shard-bytes, or fewer windows",
    ],
  ];
  test.concurrent.each(refusals)("%s", async (name, args, code, message) => {
    const refused = await prepare(inFolder(`refused-${name}`), ...args);
    expect([refused.code, errorLines(refused)]).toEqual([code, [`gdiff: ${message}`]]);
    expect(readdirSync(folder)).not.toContain(`refused-${name}`);
  });

  test("what no disk has room for", async () => {
    const out = inFolder("refused-huge");
    const args = ["--fasta", fasta, "--length", "100", "--windows", "99999999999999"];
    const refused = await prepare(out, ...args, "--shard-bytes", String(2 ** 30), "--shard", "1/2");
    expect(refused.code).toBe(2);
    const huge = ["--windows", "1000000000000", "--shard-bytes", String(2 ** 30)];
    const full = await prepare(out, "--fasta", fasta, "--length", "100", ...huge);
    expect([full.code, errorLines(full)]).toEqual([
      1,
      [
        expect.stringMatching(
          /: expected 118\.\d TiB of free disk space, got [\d.]+ [KMGT]iB: free some, or choose another folder$/,
        ),
      ],
    ]);
  });

  test("other windows than the folder was begun with, and leaves it as it is", async () => {
    const out = inFolder("other");
    cpSync(whole, out, { recursive: true });
    const others = [
      [["--length", "101"], "data.length: expected 100, got 101"],
      [
        ["--seed", "8", "--max-n", "0.5"],
        "data.maxN: expected 0.05, got 0.5; seed: expected 7, got 8",
      ],
      [["--train", "contig_1"], "data.train: expected none, got contig_1"],
      [["--shard-bytes", "30000"], "shardBytes: expected 20000, got 30000"],
    ] as const;
    for (const [args, difference] of others) {
      const refused = await prepare(out, ...args);
      expect([refused.code, errorLines(refused)]).toEqual([
        2,
        [
          `gdiff: E_CONFIG: cannot go on in ${out} with other windows than it was begun with: ${difference} ` +
            "(leave them out, or give another --out)",
        ],
      ]);
    }
    expect(filesBelow(out)).toEqual(filesBelow(whole));
  });

  test("a genome whose bases are others now", async () => {
    const own = inFolder("changing.fa");
    const out = inFolder("changed");
    writeFileSync(own, text);
    const args = ["--fasta", own, "--length", "100", "--windows", "20"];
    expect(await prepare(out, ...args)).toMatchObject({ code: 0 });
    writeFileSync(own, readFileSync(own, "utf8").replaceAll(/[Aa]/g, "T"));
    const refused = await prepare(out, "--windows", "30");
    expect([refused.code, errorLines(refused)]).toEqual([
      2,
      [
        `gdiff: E_CONFIG: cannot go on in ${out} with other data than it was begun with: ` +
          "the genome has other contigs, regions or bases, or gdiff finds windows otherwise now (give another --out)",
      ],
    ]);
  });

  test("a folder of other things, and a file", async () => {
    const out = inFolder("things");
    mkdirSync(out);
    writeFileSync(join(out, "thesis.tex"), "");
    const refused = await prepare(out, ...OPTIONS, "--windows", "5");
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [
        `gdiff: E_FILE: expected ${out} to be empty, new, or a folder of shards, got one with thesis.tex: give another --out`,
      ],
    ]);
    const file = await prepare(join(out, "thesis.tex"), ...OPTIONS, "--windows", "5");
    expect([file.code, errorLines(file)]).toEqual([
      1,
      [
        `gdiff: E_FILE: ${out}/thesis.tex: expected a folder for shards, got a file: give another --out`,
      ],
    ]);
  });
});
