/** What is known of a file before it is there. */

import { VerificationError } from "../../errors.ts";

/** What a manifest says of a file; all absent where nobody knows. */
export interface ExpectedFile {
  readonly bytes?: number | undefined;
  /** Lower-case hex. */
  readonly sha256?: string | undefined;
  readonly md5?: string | undefined;
}

/** A file as it arrived. */
export interface FileFacts {
  readonly bytes: number;
  readonly sha256: string;
  readonly md5: string;
}

/** Half a sentence on what tells a file from the expected one; undefined when nothing does. */
export function difference(facts: FileFacts, expected: ExpectedFile): string | undefined {
  for (const [key, name] of [
    ["bytes", "bytes"],
    ["sha256", "SHA-256"],
    ["md5", "MD5"],
  ] as const) {
    const wanted = expected[key];
    if (wanted === undefined || wanted === facts[key]) continue;
    return key === "bytes"
      ? `expected ${wanted} bytes, got ${facts.bytes}`
      : `expected ${name} ${wanted}, got ${facts[key]}`;
  }
  return undefined;
}

/** The error for a file that is another than was expected. */
export function wrongFile(source: string, what: string): VerificationError {
  return new VerificationError(
    `${source}: ${what}: it is not the file that was expected, and nothing of it is kept (was it replaced by another version? another source may have it: --from URL)`,
  );
}
