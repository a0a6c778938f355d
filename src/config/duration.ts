/** Times as text: `90s`, `60m`, `1h30m`, `2d`. */

const PARTS =
  /^(?:(\d+(?:\.\d+)?)d)?(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?$/;
const PART_MS = [86_400_000, 3_600_000, 60_000, 1000] as const;

/** A time longer than this is a mistake: ten years, in milliseconds. */
const LONGEST_MS = 3650 * 86_400_000;

/** Returns milliseconds above zero, or undefined when the text is not a time with units. */
export function parseDuration(text: string): number | undefined {
  const parts = PARTS.exec(text);
  if (parts === null) return undefined;
  const ms = PART_MS.reduce((sum, unit, index) => sum + Number(parts[index + 1] ?? 0) * unit, 0);
  return ms > 0 && ms <= LONGEST_MS ? Math.round(ms) : undefined;
}
