/** The plainest surroundings of a pipeline, for programs and notebooks. */

import type { PipelineIo } from "./io.ts";

/**
 * Returns surroundings that write data to `print` and notices to stderr, show no progress, and stop when
 * `signal` aborts (its reason must be a StopRequest).
 */
export function consoleIo(
  print: (text: string) => void = (text) => void process.stdout.write(text),
  signal: AbortSignal = new AbortController().signal,
): PipelineIo {
  return {
    stdout: async (text) => print(text),
    stderr: (line) => console.error(line),
    progress: { update: () => {}, finish: () => {} },
    signal,
  };
}
