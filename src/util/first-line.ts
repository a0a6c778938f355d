/** What something that was thrown says, as far as it fits into a message of one line. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n")[0] as string; // a split text has a first part
}
