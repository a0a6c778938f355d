import { FileError } from "../../src/errors.ts";

/** @throws {FileError} when none of a file's bases is known: nothing could be said of it */
export function expectBases(path: string, known: number): void {
  if (known > 0) return;
  throw new FileError(
    `${path}: expected sequences with A, C, G or T, got only N (give sequences whose bases are known)`,
  );
}
