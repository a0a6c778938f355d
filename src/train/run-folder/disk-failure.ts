import { FileError } from "../../errors.ts";
import { errorCode } from "../../util/error-code.ts";

export { errorCode };

const NO_SPACE: readonly string[] = ["ENOSPC", "EDQUOT"];
const REFUSED: readonly string[] = ["EACCES", "EPERM", "EROFS"];

/**
 * Returns the error to throw when the operating system failed to `verb` (`write`, `read`, `delete`) `path`:
 * a FileError with the remedy, or `error` itself when it did not come from the operating system.
 */
export function diskFailure(error: unknown, verb: string, path: string): unknown {
  const code = errorCode(error);
  if (code === undefined) return error;
  return new FileError(sentence(code, verb, path), { cause: error });
}

function sentence(code: string, verb: string, path: string): string {
  if (NO_SPACE.includes(code)) {
    return `${path}: no space left to ${verb} it (${code}): nothing was overwritten; free space and run again with --resume`;
  }
  if (REFUSED.includes(code)) {
    return `${path}: no permission to ${verb} it (${code}): give this user the right to, or choose another run folder`;
  }
  if (code === "ENOENT") return `${path}: nothing there to ${verb} (ENOENT)`;
  return `${path}: the disk failed to ${verb} it (${code})`;
}
