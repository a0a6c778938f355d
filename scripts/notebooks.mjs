#!/usr/bin/env node
/**
 * Makes notebooks/NAME.ipynb of every notebooks/NAME.ts, outputs included: `npm run build && node scripts/notebooks.mjs`.
 * `--out FOLDER` writes them elsewhere, `--from FOLDER` reads other sources; NAMEs choose some.
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseCells } from "./notebooks/cells.mjs";
import { execute } from "./notebooks/execute.mjs";
import { notebookText } from "./notebooks/notebook.mjs";

const NOTEBOOKS = join(import.meta.dirname, "../notebooks");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { from: { type: "string", default: NOTEBOOKS }, out: { type: "string" } },
});
const { from, out = from } = values;

const known = readdirSync(from)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length));
for (const name of positionals) {
  if (!known.includes(name)) throw new Error(`expected one of ${known.join(", ")}, got ${name}`);
}
for (const name of positionals.length > 0 ? positionals : known) {
  const file = join(from, `${name}.ts`);
  const cells = parseCells(readFileSync(file, "utf8"), file);
  const codes = cells.filter(({ kind }) => kind === "code").map(({ source }) => source);
  writeFileSync(join(out, `${name}.ipynb`), notebookText(cells, await execute(codes)));
  console.error(`${name}: ${cells.length} cells`);
}
