/** Inside the process that runs a notebook: collects what each cell prints and shows, and sends it to the parent at the end. */

import { writeSync } from "node:fs";
import { inspect } from "node:util";

/** The convention of Deno's kernel: an object that says how it looks. */
const DISPLAY = Symbol.for("Jupyter.display");
/** File descriptor that the parent reads. */
const PARENT = 3;

/** @type {Record<string, unknown>[][]} */
const outputs = [];

process.stdout.write = /** @type {typeof process.stdout.write} */ (
  (chunk, encoding, done) => {
    print(String(chunk));
    const settled = typeof encoding === "function" ? encoding : done;
    settled?.();
    return true;
  }
);

/** @param {string} text */
function print(text) {
  const cell = outputs.at(-1);
  const last = cell?.at(-1);
  if (last?.output_type === "stream") last.text += text;
  else cell?.push({ output_type: "stream", name: "stdout", text });
}

/** The next cell begins. */
export function begin() {
  outputs.push([]);
}

/** @param {unknown} value of the last expression of a cell */
export function show(value) {
  if (value === undefined) return;
  const display = /** @type {{ [DISPLAY]?: () => Record<string, unknown> } | null} */ (value)?.[
    DISPLAY
  ];
  const data = typeof display === "function" ? display() : { "text/plain": inspect(value) };
  outputs.at(-1)?.push({
    output_type: "execute_result",
    execution_count: outputs.length,
    metadata: {},
    data,
  });
}

/** All cells have run. */
export function finish() {
  const bytes = Buffer.from(JSON.stringify(outputs));
  for (let at = 0; at < bytes.length; ) at += writeSync(PARENT, bytes, at);
}
