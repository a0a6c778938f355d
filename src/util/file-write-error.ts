/** Why a file could not be written, and what to do about it. */

import { dirname } from "node:path";
import { FileError } from "../errors.ts";
import { errorCode } from "./error-code.ts";

/** The FileError for what the operating system said while `path` was written; `cause` is kept. */
export function fileWriteError(path: string, cause: unknown): FileError {
  return new FileError(
    `${path}: expected to write the file, ${reason(path, errorCode(cause), cause)}`,
    {
      cause,
    },
  );
}

function reason(path: string, code: string | undefined, cause: unknown): string {
  const folder = dirname(path);
  switch (code) {
    case "ENOENT":
      return `but there is no folder ${folder}: create it, or choose another path`;
    case "ENOTDIR":
      return `but ${folder} is not a folder: choose another path`;
    case "EISDIR":
      return "but a folder has that name: choose another path";
    case "EACCES":
    case "EPERM":
      return `but ${folder} may not be written to (${code}): change its permissions, or choose another path`;
    case "EROFS":
      return `but ${folder} is on a read-only file system: choose another path`;
    case "ENOSPC":
      return `but the disk of ${folder} is full: free some space, or choose another path`;
    case "EDQUOT":
      return `but the disk quota in ${folder} is used up: free some space, or choose another path`;
    case "ENAMETOOLONG":
      return "but its name is too long for the file system: choose a shorter one";
    default:
      return `but the system said: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}
