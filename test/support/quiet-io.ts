/** A pipeline's surroundings that keep what it says. */

import type { PipelineIo } from "../../pipelines/io.ts";

export interface KeptIo extends PipelineIo {
  /** Everything written to stdout. */
  readonly out: string[];
  /** Notices, a line each. */
  readonly lines: string[];
}

/** @param signal aborts the run, with a StopRequest as its reason */
export function quietIo(signal: AbortSignal = new AbortController().signal): KeptIo {
  const out: string[] = [];
  const lines: string[] = [];
  return {
    out,
    lines,
    stdout: async (text) => void out.push(text),
    stderr: (line) => void lines.push(line),
    progress: { update: () => {}, finish: () => {} },
    signal,
  };
}
