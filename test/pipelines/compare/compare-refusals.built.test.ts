/** What `gdiff compare` says where it cannot compare. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compareConfig } from "../../../pipelines/compare/options.ts";
import { runCompare } from "../../../pipelines/compare/run.ts";
import { FileError } from "../../../src/errors.ts";
import { writeCompareSets, writeGenerated } from "../../support/compare-sets.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { errorLines, gdiff, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const inFolder = (name: string): string => join(folder, name);
const { real, files } = writeCompareSets(folder);
const { generated: NEW, real: REAL } = files;

describe("refusals are one line each", () => {
  test("too few real sequences", async () => {
    writeGenerated(inFolder("single.fa"), real.slice(0, 1));
    const done = await gdiff(["compare", NEW, "--reference", inFolder("single.fa")]);
    expect([done.code, done.stdout]).toEqual([1, ""]);
    expect(errorLines(done)).toEqual([
      `gdiff: E_FILE: ${inFolder("single.fa")}: expected two real sequences or more, as the reference is cut into two halves, got 1 (give more of them, or cut long ones with --length)`,
    ]);
  });

  test.each([
    ["empty.fa", "", 4, "E_FASTA", "expected at least one sequence, but the file is empty"],
    ["none.meme", "MOTIF a\n", 4, "E_MOTIF", 'expected "MEME version 4" before all else'],
  ])("%s", async (name, content, code, kind, message) => {
    const path = inFolder(name);
    writeFileSync(path, content);
    const args = name.endsWith(".meme") ? [NEW, "--motifs", path] : [path];
    const done = await gdiff(["compare", ...args, "--reference", REAL]);
    expect(done.code).toBe(code);
    expect(errorLines(done)[0]).toMatch(new RegExp(`^gdiff: ${kind}: ${path}`));
    expect(errorLines(done)[0]).toContain(message);
  });

  test.each(["generated", "reference", "train"] as const)("nothing but N as %s", async (which) => {
    const path = inFolder("unknown.fa");
    writeFileSync(path, ">a\nNNNN\n>b\nNN\n");
    const config = compareConfig({ generated: NEW, reference: REAL, [which]: path });
    await expect(runCompare(config, quietIo())).rejects.toThrow(
      `${path}: expected sequences with A, C, G or T, got only N (give sequences whose bases are known)`,
    );
  });

  test("a folder for a file, before anything is computed", async () => {
    await expect(
      runCompare(
        compareConfig({ generated: NEW, reference: REAL, report: inFolder("none/a.html") }),
        quietIo(),
      ),
    ).rejects.toBeInstanceOf(FileError);
  });

  test("a request to stop: nothing is written", async () => {
    const out = inFolder("stopped.html");
    const io = quietIo(AbortSignal.abort({ signal: "SIGINT", exitCode: 130 }));
    await expect(
      runCompare(compareConfig({ generated: NEW, reference: REAL, report: out }), io),
    ).rejects.toMatchObject({ exitCode: 130 });
    expect(() => readFileSync(out)).toThrow("ENOENT");
  });
});
