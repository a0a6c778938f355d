/** Runs the code cells of a notebook in one process, in an empty folder, against the built package under its own name. */

import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseAst, transformWithOxc } from "vite";

const ROOT = join(import.meta.dirname, "../..");
const KERNEL = pathToFileURL(join(import.meta.dirname, "kernel.mjs")).href;

/**
 * Returns what each cell printed and showed, in the form of nbformat.
 *
 * @param {readonly string[]} codes one a code cell
 * @returns {Promise<Record<string, unknown>[][]>}
 */
export async function execute(codes) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "gdiff-notebook-")));
  try {
    const bodies = await Promise.all(codes.map(bodyOf));
    const program = [
      `import * as $kernel from ${JSON.stringify(KERNEL)};`,
      `process.chdir(${JSON.stringify(folder)});`,
      ...bodies.map((body) => `$kernel.begin();\n${body}`),
      "$kernel.finish();",
    ].join("\n");
    return JSON.parse((await run(program)).replaceAll(`${folder}/`, "")); // the same wherever it ran
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A cell without its types; the value of its last expression is shown, as notebooks do.
 *
 * @param {string} cell
 */
async function bodyOf(cell) {
  const typescript = { onlyRemoveTypeImports: true }; // other cells may use what this one imports
  const { code } = await transformWithOxc(cell, "cell.ts", { typescript, sourcemap: false });
  const last = parseAst(code).body.at(-1);
  if (last?.type !== "ExpressionStatement") return code;
  const { start, end } = last.expression;
  return `${code.slice(0, start)}$kernel.show(${code.slice(start, end)})${code.slice(end)}`;
}

/**
 * @param {string} program
 * @returns {Promise<string>} what it sent
 */
function run(program) {
  const child = spawn(process.execPath, ["--input-type=module", "-"], {
    cwd: ROOT, // "gdiff" is looked up from here
    stdio: ["pipe", "ignore", "pipe", "pipe"],
  });
  let [sent, said] = ["", ""];
  child.stdio[3]?.setEncoding("utf8").on("data", (text) => {
    sent += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  child.stdin?.end(program);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(sent);
      else reject(new Error(`a cell failed with ${code}:\n${said.slice(-4000)}`));
    });
  });
}
