/** `gdiff generate` under constraints: the built command, its sequences judged by regular expressions. */

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { sha256Hex } from "../../../../src/util/sha256.ts";
import { hasPythonModule, runPython } from "../../../support/oracles.ts";
import { errorLines, gdiff, pretrain, signalAt, testFolder } from "../../support/tiny-run.ts";

const folder = testFolder();
const run = join(folder, "run");

beforeAll(async () => {
  const args = ["--genome", "demo", "--steps", "3", "--lr", "1e-2", "--out", run];
  expect(await pretrain(args)).toMatchObject({ code: 0 });
});

const generate = (...args: string[]): ReturnType<typeof gdiff> => gdiff(["generate", run, ...args]);

function file(name: string, text: string): string {
  const path = join(mkdtempSync(join(folder, "input-")), name);
  writeFileSync(path, text);
  return path;
}

/** Headers and sequences of FASTA text. */
function records(fasta: string): { readonly header: string; readonly bases: string }[] {
  return fasta
    .split(">")
    .slice(1)
    .map((record) => {
      const [header = "", ...lines] = record.split("\n");
      return { header, bases: lines.join("") };
    });
}

const gcOf = (bases: string): number => bases.replaceAll(/[AT]/g, "").length;

/** Every run of `window` bases. */
const windowsOf = (bases: string, window: number): string[] =>
  Array.from({ length: bases.length - window + 1 }, (_, i) => bases.slice(i, i + window));

const ALL = [
  ...["--count", "12", "--length", "60", "--forbid", "EcoRI,GATC", "--forbid", "BsaI"],
  ...["--max-homopolymer", "3", "--gc", "0.4-0.6", "--gc-window", "20:0.3-0.7"],
  ...["--flank5", "ACGT", "--flank3", "tgca", "--insert", "TATAWAW@20~6", "--no-stops=5-58:2"],
];

function expectAll(bases: string): void {
  expect(bases).toMatch(/^ACGT[ACGT]{52}TGCA$/);
  expect(bases).not.toMatch(/GAATTC|GATC|GGTCTC|GAGACC|(.)\1{3}/);
  expect(bases.slice(13, 32)).toMatch(/TATA[AT]A[AT]/);
  expect(gcOf(bases)).toBeGreaterThanOrEqual(24);
  expect(gcOf(bases)).toBeLessThanOrEqual(36);
  for (const window of windowsOf(bases, 20)) {
    expect(gcOf(window)).toBeGreaterThanOrEqual(6);
    expect(gcOf(window)).toBeLessThanOrEqual(14);
  }
  expect(bases.slice(5, 58).match(/.{3}/g)).not.toContainEqual(
    expect.stringMatching(/TAA|TAG|TGA/),
  );
}

describe("hard constraints", () => {
  test.concurrent("hold together in every sequence, and its header names them", async () => {
    const { code, stdout } = await generate(...ALL, "--calls", "20");
    expect(code).toBe(0);
    const made = records(stdout);
    expect(made).toHaveLength(12);
    for (const { header, bases } of made) {
      expectAll(bases);
      const place = /inserted=TATAWAW@(\d+) /.exec(header)?.[1];
      expect(bases.slice(Number(place) - 1)).toMatch(/^TATA[AT]A[AT]/);
      expect(header).toContain(
        " constraints=flank5(ACGT)+flank3(tgca)+insert(TATAWAW@20~6)+forbid(EcoRI,GATC,BsaI)" +
          "+max-homopolymer(3)+no-stops(5-58:2)+gc(0.4-0.6)+gc-window(20:0.3-0.7) ",
      );
    }
    expect(new Set(made.map(({ bases }) => bases)).size).toBe(12);
  });

  test.concurrent.each([["ancestral"], ["confidence"], ["remdm"], ["random-order --particles 4"]])(
    "hold under --method %s, the same bytes whatever the batch size",
    async (method) => {
      const flags = [...ALL, "--method", ...method.split(" "), "--calls", "15"];
      const [one, all] = await Promise.all([
        generate(...flags, "--batch-size", "1"),
        generate(...flags, "--batch-size", "16"),
      ]);
      for (const { bases } of records(one.stdout)) expectAll(bases);
      expect(records(one.stdout)).toHaveLength(12);
      expect(all.stdout).toBe(one.stdout);
    },
  );

  test.concurrent("hold along a window that moves", async () => {
    const flags = ["--length", "90", "--stride", "16", "--calls", "40", "--max-homopolymer", "2"];
    const { stdout } = await generate(...flags, "--forbid", "GATC,CA", "--count", "3");
    const made = records(stdout);
    expect(made).toHaveLength(3);
    for (const { bases } of made) expect(bases).not.toMatch(/GATC|CA|TG|(.)\1{2}/);
  });

  test.concurrent("keep a prompt, free the regions of a mask, and read IUPAC letters by record", async () => {
    const prompt = file("p.fa", ">p1\nACGTacgtACGTacgtNNNN\n>p2\nGGGGGGGGGG\n");
    const mask = file("m.bed", "p1\t4\t8\np1\t6\t10\np2\t0\t5\n");
    const iupac = file("i.fa", ">p2\nRYSWKNNNNN\n");
    const { code, stdout } = await generate(
      ...["--prompt", prompt, "--mask", mask, "--iupac", iupac, "--count", "5"],
    );
    expect(code).toBe(0);
    const made = records(stdout);
    expect(made).toHaveLength(10);
    for (const { header, bases } of made) {
      expect(bases).toMatch(
        header.startsWith("p1") ? /^ACGT[ACGT]{6}GTacgt[ACGT]{4}$/ : /^[AG][CT][CG][AT][GT]GGGGG$/,
      );
    }
  });

  test.concurrent("alone make sequences of IUPAC letters", async () => {
    const iupac = file("i.fa", ">one\nACNNRYSW\n>two\nKMBDHVNT\n");
    const { stdout } = await generate("--iupac", iupac, "--count", "6");
    for (const { header, bases } of records(stdout)) {
      expect(bases).toMatch(
        header.startsWith("one")
          ? /^AC[ACGT]{2}[AG][CT][CG][AT]$/
          : /^[GT][AC][CGT][AGT][ACT][ACG][ACGT]T$/,
      );
    }
    expect(records(stdout)).toHaveLength(12);
  });
});

describe("soft constraints", () => {
  test.concurrent("--gc-target brings the share near", async () => {
    const shareOf = async (target: string): Promise<number> => {
      const { stdout } = await generate("--gc-target", target, "--count", "40", "--length", "50");
      return records(stdout).reduce((sum, { bases }) => sum + gcOf(bases), 0) / 2000;
    };
    const [low, high] = await Promise.all([shareOf("0.3"), shareOf("0.7")]);
    expect(low).toBeCloseTo(0.3, 1.5);
    expect(high).toBeCloseTo(0.7, 1.5);
  });

  const MEME = `MEME version 4
MOTIF M1 first
letter-probability matrix: alength= 4 w= 4 nsites= 1000
1 0 0 0
0 0 1 0
0 0 0 1
0 1 0 0
`;

  test.concurrent("--pwm leans towards a matrix at its place, the more the more it weighs", async () => {
    const meme = file("m.meme", MEME);
    const hits = async (...flags: string[]): Promise<number> => {
      const { stdout } = await generate("--count", "30", "--calls", "8", ...flags);
      return records(stdout).filter(({ bases }) => bases.slice(9).startsWith("AGTC")).length;
    };
    const [none, full] = await Promise.all([
      hits("--pwm", `${meme}:M1@10`, "--pwm-weight", "0"),
      hits("--pwm", `${meme}@10`),
    ]);
    expect(none).toBeLessThan(5);
    expect(full).toBeGreaterThan(25);
  });

  test.concurrent("--potential favours what scores, by k-mers and by a matrix", async () => {
    const [kmers, meme] = [file("k.tsv", "kmer\tscore\nCG\t1\n"), file("m.meme", MEME)];
    const bases = async (...flags: string[]): Promise<string> => {
      const args = ["--count", "6", "--calls", "8", "--particles", "24", ...flags];
      const { code, stdout } = await generate(...args);
      expect(code).toBe(0);
      return records(stdout)
        .map((record) => record.bases)
        .join(" ");
    };
    const [plain, rich, sites] = await Promise.all([
      bases(),
      bases("--potential", `kmers:${kmers}`, "--potential-weight", "3"),
      bases("--potential", `pwm:${meme}:first`),
    ]);
    const count = (text: string, word: RegExp): number => text.match(word)?.length ?? 0;
    expect(count(rich, /CG/g)).toBeGreaterThan(2 * count(plain, /CG/g));
    expect(count(sites, /AGTC|GACT/g)).toBeGreaterThan(count(plain, /AGTC|GACT/g));
  });
});

test.skipIf(!hasPythonModule("pyarrow"))(
  "the table has the constraints whole, motifs where they stand, and how often a sequence broke one",
  async () => {
    const yaml = file("c.yaml", "forbid: [EcoRI]\ninsert: TTTCCC@12~4\ngc: 0.3-0.7\n");
    const kmers = file("k.tsv", "AC\t0.5\n");
    const out = join(folder, "designed.fa");
    const { code } = await generate(
      ...["--constraints", yaml, "--forbid", "BamHI", "--count", "3", "--out", out],
      ...["--particles", "3", "--potential", `kmers:${kmers}`],
    );
    expect(code).toBe(0);
    const python = `
import json, sys, pyarrow as pa
table = pa.ipc.open_file(sys.argv[1]).read_all()
print(json.dumps([table.to_pydict(), table.schema.metadata[b"constraints"].decode()]))`;
    const [columns, constraints] = JSON.parse(runPython(python, [join(folder, "designed.arrow")]));
    expect(JSON.parse(constraints)).toEqual({
      ...{ forbid: ["BamHI"], insert: ["TTTCCC@12~4"], gc: "0.3-0.7", particles: 3 },
      potential: [`kmers:${kmers}`],
      files: { [kmers]: sha256Hex(readFileSync(kmers)) },
    });
    expect(columns.redraws).toEqual([0, 0, 0]);
    for (const [row, inserted] of columns.inserted.entries()) {
      const start = Number(/^TTTCCC@(\d+)$/.exec(inserted)?.[1]) - 1;
      expect(columns.sequence[row].slice(start)).toMatch(/^TTTCCC/);
    }
  },
);

describe("what is impossible is refused before anything is made", () => {
  test.concurrent.each([
    [
      ["--insert", "AGAATTCA@5", "--forbid", "EcoRI"],
      "no sequence keeps the constraints: positions 6-11 (GAATTC) always hold EcoRI (GAATTC)",
    ],
    [
      ["--length", "10", "--gc", "0-0.2", "--flank5", "CCC"],
      "no sequence keeps the constraints: positions 1-10 always hold at least 3 G and C, where 0 to 2 are asked for",
    ],
    [
      ["--max-homopolymer", "1", "--forbid", "AC,AG,AT,CA,CG,CT"],
      "no sequence keeps the constraints: positions 1-3 (NNN) cannot be filled under all of AC, AC on the other strand, AT, CA, CA on the other strand, CG, CT, CT on the other strand and 4 more",
    ],
    [
      ["--length", "30", "--gc-window", "40:0.4-0.6"],
      "expected --gc-window of at most the 30 bases of the sequence, got 40",
    ],
    [
      ["--potential", "kmers:none.tsv"],
      "expected --particles with --potential: designs are drawn among them by their scores",
    ],
  ])("%j", async (flags, message) => {
    const out = join(mkdtempSync(join(folder, "refused-")), "made.fa");
    const finished = await generate(...flags, "--out", out);
    expect([finished.code, finished.stdout]).toEqual([finished.code === 1 ? 1 : 2, ""]);
    expect(errorLines(finished)[0]).toBe(`gdiff: E_CONFIG: ${message}`);
    expect(() => readFileSync(out)).toThrow("ENOENT");
  });

  test.concurrent("a file of constraints is refused with its line", async () => {
    const yaml = file("c.yaml", "gc: 0.3-0.7\nforbd: [EcoRI]\n");
    const finished = await generate("--constraints", yaml);
    expect([finished.code, errorLines(finished)]).toEqual([
      2,
      [`gdiff: E_CONFIG: ${yaml} line 2: unknown key forbd: did you mean forbid?`],
    ]);
  });
});

test.concurrent("a cut generation goes on under its own constraints only, to the bytes of one that was not", async () => {
  const newFile = (): string => join(mkdtempSync(join(folder, "cut-")), "made.fa");
  const make = (out: string, site: string): string[] => [
    ...["generate", run, "--out", out, "--count", "600", "--length", "40", "--calls", "4"],
    ...["--forbid", site, "--gc-window", "20:0.3-0.7", "--insert", "TATAWAW@20~6"],
  ];
  const bytes = (out: string): string[] =>
    [out, out.replace(".fa", ".arrow")].map((path) => readFileSync(path).toString("latin1"));
  const [out, uncut] = [newFile(), newFile()];
  const [stopped, whole] = await Promise.all([
    gdiff([...make(out, "GATC"), "--batch-size", "1"], signalAt(/^[\d,]+\/600 /m, "SIGINT")),
    gdiff(make(uncut, "GATC")),
  ]);
  expect([stopped.code, whole.code]).toEqual([130, 0]);
  const other = await gdiff(make(out, "GGCC"));
  expect([other.code, errorLines(other)[0]]).toEqual([
    1,
    expect.stringContaining("got that of another run, settings, prompt or backend"),
  ]);
  const finished = await gdiff(make(out, "GATC"));
  expect(finished.stderr).toMatch(/^going on after [1-9]\d* of 600 sequences$/m);
  expect(bytes(out)).toEqual(bytes(uncut));
});
