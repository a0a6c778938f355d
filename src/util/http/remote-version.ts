/** Which version of a remote file an answer is about, so that bytes of two versions are never put together. */

import type { HttpAnswer } from "./client.ts";

export interface RemoteVersion {
  /** Bytes of the whole file. */
  readonly size: number;
  /** As the server wrote it, quotes and all. */
  readonly etag?: string | undefined;
  /** As the server wrote it. */
  readonly lastModified?: string | undefined;
}

/** The version that the headers of an answer about a file of `size` bytes speak of. */
export function versionOf(answer: Pick<HttpAnswer, "header">, size: number): RemoteVersion {
  return { size, etag: answer.header("etag"), lastModified: answer.header("last-modified") };
}

/** Whether a change could be seen that leaves the size as it is. */
export function hasValidator({ etag, lastModified }: RemoteVersion): boolean {
  return etag !== undefined || lastModified !== undefined;
}

/** Returns what tells two versions apart, as half a sentence; undefined when nothing does. */
export function versionDifference(first: RemoteVersion, now: RemoteVersion): string | undefined {
  const differs = <Key extends keyof RemoteVersion>(key: Key): boolean => first[key] !== now[key];
  if (differs("size")) return `it had ${first.size} bytes, now it has ${now.size}`;
  if (differs("etag")) return `its ETag was ${shown(first.etag)}, now it is ${shown(now.etag)}`;
  // Servers behind one name may date the same file differently; an ETag says more.
  if (first.etag !== undefined || !differs("lastModified")) return undefined;
  return `its date was ${shown(first.lastModified)}, now it is ${shown(now.lastModified)}`;
}

function shown(header: string | undefined): string {
  return header?.slice(0, 80) ?? "not given";
}

/** The value of If-Range, which makes a server send the whole file when it changed; undefined without a strong validator. */
export function ifRange({ etag, lastModified }: Omit<RemoteVersion, "size">): string | undefined {
  if (etag !== undefined) return etag.startsWith("W/") ? undefined : etag;
  return lastModified;
}
