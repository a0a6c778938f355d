/** Files of labelled sequences as people have them: each fault is one line that says where, and what is no fault is read. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { errorLines, gdiffWith, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const DRY = ["--models", "kmer6,scratch", "--seeds", "1", "--dry-run", "--json"];
const SEQUENCE = "ACGTTGCA";
const ROWS = Array.from({ length: 24 }, (_, i) => [
  `s${i}`,
  i % 2 === 0 ? SEQUENCE : "GGCATTCA",
  i % 2 === 0 ? "yes" : "no",
]);

const csv = (rows: readonly (readonly string[])[]): string =>
  `id,sequence,label\n${rows.map((row) => `${row.join(",")}\n`).join("")}`;

/** Reads a file as a benchmark's set; nothing is trained. */
async function read(name: string, content: string | Uint8Array) {
  const path = join(folder, name);
  writeFileSync(path, content);
  const args = ["benchmark", "--sets", path, "--out", `${path}.out`, ...DRY];
  return { path, ...(await gdiffWith("GDIFF_DATA", folder, args)) };
}

test.each<[string, string, string]>([
  ["mixed labels", csv([...ROWS, ["x", SEQUENCE, "1"]]), 'line 26: .* got "yes" before and "1"'],
  ["one class", csv(ROWS.filter(([, , label]) => label === "yes")), ': .* got 12 of "yes" only'],
  ["empty", "", ": expected a header, got an empty file"],
  ["duplicate ids", csv([...ROWS, ["s3", SEQUENCE, "no"]]), 'line 26: .* got "s3" again after .*'],
  ["no DNA", csv([...ROWS, ["x", "ACGTX!", "no"]]), 'line 26: base 5: expected a nucleotide .*"X"'],
  ["columns", csv([...ROWS, ["x", SEQUENCE]]), "line 26: expected 3 columns, .* got 2"],
  ["quotes", csv([...ROWS, ["x", '"ACGT', "no"]]), "line 26: expected a closing quote"],
])("%s: one line", async (name, text, message) => {
  const { path, ...refused } = await read(`${name}.csv`, text);
  expect([refused.code, errorLines(refused)]).toEqual([
    4,
    [expect.stringMatching(new RegExp(`E_TABLE: ${path}.*${message}`))],
  ]);
});

test("quotes, a byte order mark, CRLF and gzip are read as the plain file is", async () => {
  const quoted = ROWS.map((row) => row.map((cell) => `"${cell}"`));
  const dressed = `\ufeff${csv(quoted).replaceAll("\n", "\r\n")}`;
  for (const [name, content] of [
    ["plain.csv", csv(ROWS)],
    ["dressed.csv.gz", gzipSync(dressed)],
  ] as const) {
    const done = await read(name, content);
    expect([name, done.code, done.stderr.includes("24 sequences")]).toEqual([name, 0, true]);
    expect(done.stderr).not.toContain("shorter");
  }
});

test("sequences shorter than a k-mer are read, and said", async () => {
  const short = [["x", "ACGTA", "no"], ...ROWS, ["y", "A", "yes"]];
  const done = await read("short.csv", csv(short));
  expect(done.code).toBe(0);
  expect(done.stderr).toContain(
    "short: 2 of 26 sequences are shorter than 6 bases; to kmer6 they are all alike\n",
  );
});
