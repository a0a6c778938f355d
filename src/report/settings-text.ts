/** Settings of a model in a line. */

import type { Settings } from "./benchmark-record.ts";

/** `lr 0.002, batchSize 128`. */
export function settingsText(settings: Settings): string {
  const parts = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  return parts.length === 0 ? "–" : parts.join(", ");
}
