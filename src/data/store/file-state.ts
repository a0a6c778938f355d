import { openFileSource } from "../../genome/node-file-source.ts";

/** A file as it was at one time. */
export interface FileState {
  readonly bytes: number;
  /** Time of the last change, milliseconds. */
  readonly modifiedMs: number;
}

/** Size and time of a file. @throws {FileError} when it is missing, not readable, or no regular file */
export function fileState(path: string): FileState {
  const source = openFileSource(path);
  void source.close();
  return { bytes: source.size, modifiedMs: source.modifiedMs };
}
