/** Questions to the person at the terminal. */

import { createInterface } from "node:readline";
import type { PipelineIo } from "../../pipelines/io.ts";
import { formatOneLine } from "../util/format.ts";
import type { Host } from "./host.ts";

/**
 * Returns what asks a question that `y` or `yes` agrees to; undefined where nobody would see it, or could answer.
 *
 * The question rejects with the reason of `signal` once it aborts.
 */
export function asker(
  { stdin, stderr }: Pick<Host, "stdin" | "stderr">,
  signal: AbortSignal,
): PipelineIo["ask"] {
  if (stdin.isTTY !== true || stderr.isTTY !== true) return undefined;
  return async (question) => {
    signal.throwIfAborted();
    // Not as a terminal of its own: Ctrl-C stays a signal.
    const lines = createInterface({ input: stdin, terminal: false });
    stderr.write(`${formatOneLine(question)} [y/N] `);
    try {
      const answer = await new Promise<string>((resolve, reject) => {
        lines.once("line", resolve);
        lines.once("close", () => resolve("")); // Ctrl-D
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
      return /^\s*y(es)?\s*$/i.test(answer);
    } finally {
      lines.close();
      stdin.pause(); // else it keeps the process alive
    }
  };
}
