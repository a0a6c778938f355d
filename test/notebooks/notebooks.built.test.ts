/** Every notebook runs from its first cell to its last, against the built package under its own name, and is the one of its source. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, test } from "vitest";
import { hasPythonModule, runPython } from "../support/oracles.ts";
import { NOTEBOOK_SCHEMA } from "./notebook-schema.ts";

const ROOT = join(import.meta.dirname, "../..");
const FOLDER = join(ROOT, "notebooks");
const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length));
const made = mkdtempSync(join(tmpdir(), "gdiff-notebooks-"));
afterAll(() => rmSync(made, { recursive: true }));
const isNotebook = new Ajv2020({ allErrors: true }).compile(NOTEBOOK_SCHEMA);
const hasNbformat = hasPythonModule("nbformat");

interface Output {
  readonly output_type: string;
  readonly text?: readonly string[];
  readonly data?: Readonly<Record<string, readonly string[]>>;
}

interface Cell {
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly outputs?: readonly Output[];
}

const script = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(ROOT, "scripts/notebooks.mjs"), ...args], {
    encoding: "utf8",
    timeout: 200_000,
  });

const cellsOf = (path: string): readonly Cell[] =>
  (JSON.parse(readFileSync(path, "utf8")) as { cells: readonly Cell[] }).cells;

/** Outputs with every number, digest and run of bases as one sign: another processor's arithmetic may change them. */
function withoutNumbers(outputs: readonly Output[] = []): unknown {
  const plain = (lines: readonly string[] = []): string =>
    lines
      .join("")
      .replaceAll(/\b[0-9a-f]{12}\b|\b[ACGTacgt]{20,}\b/g, "…")
      .replaceAll(/points="[^"]*"/g, "…")
      .replaceAll(/^.*(?:WORSE THAN A BASELINE|below the best baseline).*$/gm, "verdict")
      .replaceAll(/[-−+]?\d[\d,]*(?:\.\d+)?/g, "#")
      .replaceAll(/ +/g, " ")
      .replaceAll(/it was [ACGT]/g, "it was …");
  return outputs.map(({ output_type, text, data = {} }) => ({
    output_type,
    text: plain(text),
    data: Object.fromEntries(Object.entries(data).map(([mime, lines]) => [mime, plain(lines)])),
  }));
}

test("there are sources, and every notebook has one", () => {
  expect(NAMES).toEqual([
    "benchmark-report",
    "design-a-promoter",
    "pretrain-and-look",
    "quickstart",
  ]);
  const notebooks = readdirSync(FOLDER).filter((file) => file.endsWith(".ipynb"));
  expect(notebooks).toEqual(NAMES.map((name) => `${name}.ipynb`));
});

describe.each(NAMES)("%s", (name) => {
  const checkedIn = join(FOLDER, `${name}.ipynb`);

  test("imports gdiff and nothing else", () => {
    const source = readFileSync(join(FOLDER, `${name}.ts`), "utf8");
    const imports = source.matchAll(/\b(?:from\s*|import\s*\(?\s*)["'`]([^"'`]+)["'`]/g);
    expect([...imports].map((match) => match[1])).toEqual(["gdiff"]);
  });

  test("runs, and makes the notebook that is checked in", { timeout: 210_000 }, () => {
    const result = script(name, "--out", made);
    expect(result.status, result.stderr).toBe(0);
    const [own, fresh] = [cellsOf(checkedIn), cellsOf(join(made, `${name}.ipynb`))];
    const remedy = "make it again: npm run notebooks";
    const sources = (cells: readonly Cell[]) =>
      cells.map(({ cell_type, source }) => [cell_type, source]);
    expect(sources(own), remedy).toEqual(sources(fresh));
    expect(
      own.map(({ outputs }) => withoutNumbers(outputs)),
      remedy,
    ).toEqual(fresh.map(({ outputs }) => withoutNumbers(outputs)));
    expect(fresh.flatMap(({ outputs = [] }) => outputs).length).toBeGreaterThan(3);
  });

  test("is a notebook as nbformat 4.5 has them, and says nothing of where it was made", () => {
    const text = readFileSync(checkedIn, "utf8");
    const notebook = JSON.parse(text);
    expect(isNotebook(notebook), JSON.stringify(isNotebook.errors)).toBe(true);
    const ids = (notebook.cells as readonly { id: string }[]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(text).not.toMatch(/\/(?:tmp|root|home|work|Users)\//);
  });

  test.skipIf(!hasNbformat)("is valid for Python's nbformat", () => {
    const said = runPython(
      "import nbformat, sys; n = nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT); nbformat.validate(n); print(n.nbformat, n.nbformat_minor)",
      [checkedIn],
    );
    expect(said.trim()).toBe("4 5");
  });
});

describe("sources of other folders", () => {
  const source = (name: string, text: string): ReturnType<typeof script> => {
    const folder = mkdtempSync(join(made, "from-"));
    writeFileSync(join(folder, `${name}.ts`), text);
    const result = script("--from", folder, "--out", made);
    return result;
  };

  test("what cells print and show, and what one cell leaves for the next", () => {
    const code = `// %% [markdown]\n// # Title\n//\n// text\n\n// %%\nconst n: number = 20;\nconsole.log("a");\nconsole.log("b");\nn + 1;\n\n// %%\n({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": \`<b>\${n}</b>\` }) });\n\n// %%\nundefined;\n`;
    expect(source("small", code)).toMatchObject({ status: 0 });
    const cells = cellsOf(join(made, "small.ipynb"));
    expect(cells[0]).toMatchObject({ source: ["# Title\n", "\n", "text"] });
    expect(cells.slice(1).map(({ outputs }) => outputs)).toEqual([
      [
        { output_type: "stream", name: "stdout", text: ["a\n", "b\n"] },
        {
          ...{ output_type: "execute_result", execution_count: 1, metadata: {} },
          data: { "text/plain": ["21"] },
        },
      ],
      [
        {
          ...{ output_type: "execute_result", execution_count: 2, metadata: {} },
          data: { "text/html": ["<b>20</b>"] },
        },
      ],
      [],
    ]);
  });

  test.each([
    ["a cell that fails", '// %%\nthrow new Error("on purpose");\n', "on purpose"],
    ["text before the first cell", "const a = 1;\n// %%\n", "line 1: expected // %% first"],
    ["a kind that is not known", "// %% [raw]\n// a\n", "expected [markdown], got [raw]"],
  ])("%s makes no notebook", (_, code, message) => {
    const { status, stderr } = source("bad", code);
    expect(status).not.toBe(0);
    expect(stderr).toContain(message);
  });
});
