/** Cells of a notebook's source: `// %%` begins code, `// %% [markdown]` text in comments. */

const MARK = /^\/\/ %%(?: \[(\w+)\])?\s*$/;

/**
 * Returns the cells of a source, which begins with one.
 *
 * @typedef {{ kind: "code" | "markdown", source: string }} Cell
 * @param {string} text
 * @param {string} file what messages call it
 * @returns {Cell[]}
 */
export function parseCells(text, file) {
  /** @type {{ kind: string, lines: string[] }[]} */
  const cells = [];
  for (const [i, line] of text.trimEnd().split("\n").entries()) {
    const mark = MARK.exec(line);
    if (mark !== null) cells.push({ kind: mark[1] ?? "code", lines: [] });
    else if (cells.length > 0) cells.at(-1)?.lines.push(line);
    else if (line !== "") throw new Error(`${file} line ${i + 1}: expected // %% first`);
  }
  return cells.map(({ kind, lines }) => {
    const body = lines.join("\n").trim();
    if (kind === "code") return { kind, source: body };
    if (kind !== "markdown") throw new Error(`${file}: expected [markdown], got [${kind}]`);
    return { kind, source: body.replaceAll(/^\/\/ ?/gm, "") };
  });
}
