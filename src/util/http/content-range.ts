/** What a 206 or 416 says of its bytes (RFC 9110, 14.4). */

export interface ContentRange {
  /** The bytes `[start, end)` of the file; absent in a 416. */
  readonly range?: { readonly start: number; readonly end: number };
  /** Bytes of the whole file; absent where the server does not say. */
  readonly size?: number;
}

/** Parses `bytes 0-99/1000`, `bytes 0-99/*` or `bytes *` with a size; undefined when it is none of them. */
export function parseContentRange(header: string | undefined): ContentRange | undefined {
  const found = /^bytes (?:(\d+)-(\d+)|\*)\/(?:(\d+)|\*)$/.exec(header?.trim() ?? "");
  if (found === null) return undefined;
  const [first, last, whole] = found.slice(1).map((text) => (text ? Number(text) : undefined));
  if ([first, last, whole].some((n) => n !== undefined && !Number.isSafeInteger(n)))
    return undefined;
  const size = whole === undefined ? {} : { size: whole };
  if (first === undefined || last === undefined) return size;
  if (last < first || (whole !== undefined && last >= whole)) return undefined;
  return { range: { start: first, end: last + 1 }, ...size };
}
