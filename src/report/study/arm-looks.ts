/** Which look each arm of a study has, the same in every chart. */

import type { LegendEntry } from "../svg/chart.ts";

const LOOKS: readonly Pick<LegendEntry, "tone" | "isDashed">[] = [
  ...(["main", "second", "third", "fourth"] as const).map((tone) => ({ tone })),
  ...(["second", "third", "fourth", "main"] as const).map((tone) => ({ tone, isDashed: true })),
];

/** @param place of the arm in the order of the report; the ninth looks as the first */
export function armLook(place: number): Pick<LegendEntry, "tone" | "isDashed"> {
  return LOOKS[place % LOOKS.length] as Pick<LegendEntry, "tone" | "isDashed">;
}
