/** A file by its path or its https URL, with the index files that stand beside it. */

import { isUrl } from "../util/http/remote-url.ts";
import type { ByteSource } from "./byte-source.ts";
import { openFileSource } from "./node-file-source.ts";
import type { HttpSourceOptions } from "./node-http-source.ts";
import { type FoundIndex, readIndexFile } from "./node-index-file.ts";

export interface OpenedSource {
  readonly source: ByteSource;
  /** Time of the last change, milliseconds; only of a local file, beside which indices can be built. */
  readonly modifiedMs?: number;
  /**
   * Reads the file beside it whose name is `suffix` longer; undefined when there is none.
   *
   * @throws {FileError | RemoteError} when it cannot be read
   * @throws {IndexFileError | RemoteError} when it is longer than `maxBytes`
   */
  readIndex(suffix: string, maxBytes: number): Promise<FoundIndex | undefined>;
}

/**
 * Opens a local file or one on a server; the caller closes the source.
 *
 * @throws {FileError} when a path does not lead to a readable file
 * @throws {UsageError | RemoteError} when a URL is not https, or what it names cannot be had
 */
export async function openSource(
  pathOrUrl: string,
  options: HttpSourceOptions = {},
): Promise<OpenedSource> {
  if (isUrl(pathOrUrl)) {
    const { openHttpSource } = await import("./node-http-source.ts"); // its libraries take a while to load
    return openHttpSource(pathOrUrl, options);
  }
  const source = openFileSource(pathOrUrl);
  return {
    source,
    modifiedMs: source.modifiedMs,
    readIndex: (suffix, maxBytes) => readIndexFile(`${pathOrUrl}${suffix}`, maxBytes),
  };
}
