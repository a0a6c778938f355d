import type { Progress } from "../io.ts";

const MIB = 2 ** 20;

/** Shows bytes of a whole as MiB. */
export function byteProgress(
  progress: Progress,
  note: string,
): (done: number, total: number) => void {
  return (done, total) =>
    progress.update(Math.ceil(done / MIB), Math.ceil(total / MIB), `MiB  ${note}`);
}
