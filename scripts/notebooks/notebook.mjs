/** A notebook file (nbformat 4.5) from cells and their outputs. */

/** Lines of a text, each with its line feed, as the format has them. @param {string} text */
const lines = (text) => text.split(/(?<=\n)/);

/**
 * @param {readonly import("./cells.mjs").Cell[]} cells
 * @param {readonly Record<string, unknown>[][]} outputs one list a code cell
 * @returns {string} JSON
 */
export function notebookText(cells, outputs) {
  let count = 0;
  const made = cells.map(({ kind, source }, i) => {
    const cell = { cell_type: kind, id: `cell-${i + 1}`, metadata: {}, source: lines(source) };
    if (kind === "markdown") return cell;
    const own = outputs[count++]?.map(asLines) ?? [];
    return { ...cell, execution_count: count, outputs: own };
  });
  const notebook = {
    cells: made,
    metadata: {
      kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
      language_info: { name: "typescript", file_extension: ".ts", mimetype: "text/x.typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, undefined, 1)}\n`;
}

/** @param {Record<string, any>} output */
function asLines(output) {
  if (output.output_type === "stream") return { ...output, text: lines(output.text) };
  const data = Object.entries(output.data).map(([mime, text]) => [mime, lines(String(text))]);
  return { ...output, data: Object.fromEntries(data) };
}
