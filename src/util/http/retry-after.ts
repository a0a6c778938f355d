/**
 * Milliseconds that a Retry-After header asks to wait (RFC 9110, 10.2.3): whole seconds or an HTTP date.
 *
 * @param nowMs the time of day, milliseconds since 1970
 * @returns undefined when there is no header, or it says neither
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!/^[A-Z][a-z]{2},? \S/.test(text)) return undefined; // Date.parse takes almost anything
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
