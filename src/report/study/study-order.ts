/** The first line of a study's report: its arms in their order, with signs for how sure the order is, and what the signs mean. */

import type { StudyRecord } from "../study-record.ts";
import { bitsText } from "./arm-text.ts";
import { differenceOf, type Standing, standingOf } from "./study-verdict.ts";

type Ordered = Pick<StudyRecord, "arms" | "differences">;

const SIGNS: Readonly<Record<Standing, { readonly sign: string; readonly meaning: string }>> = {
  clear: { sign: "<", meaning: "a difference above the spread" },
  unclear: { sign: "≈", meaning: "a difference within the spread" },
  unknown: { sign: "?", meaning: "a difference whose spread is not known" },
};

/** `ar 1.9012 < mdlm ≤ 1.9300 ≈ sedd ≤ 1.9310`. */
export function orderText(record: Ordered): string {
  const standings = neighbourStandings(record);
  return record.arms
    .map((arm, i) => {
      const before = standings[i - 1];
      const name = `${arm.name} ${bitsText(arm)}`;
      return before === undefined ? name : `${SIGNS[before].sign} ${name}`;
    })
    .join(" ");
}

/** `≤ marks upper bounds, < a difference above the spread`: of the signs that the order has; undefined where it has none. */
export function orderLegend(record: Ordered): string | undefined {
  const standings = neighbourStandings(record);
  const used = (Object.keys(SIGNS) as Standing[]).filter((one) => standings.includes(one));
  const marks = [
    ...(record.arms.some(({ kind }) => kind === "bound") ? ["≤ upper bounds"] : []),
    ...used.map((one) => `${SIGNS[one].sign} ${SIGNS[one].meaning}`),
  ];
  const [first, ...rest] = marks;
  if (first === undefined) return undefined;
  return [first.replace(" ", " marks "), ...rest].join(", ");
}

/** Of every arm but the first, how it stands to the one before it. */
function neighbourStandings(record: Ordered): readonly Standing[] {
  return record.arms.slice(1).map((more, i) => {
    const less = record.arms[i];
    const difference = less === undefined ? undefined : differenceOf(record, less, more);
    return difference === undefined ? "unknown" : standingOf(difference);
  });
}
