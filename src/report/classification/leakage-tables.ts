/** What tests share with training sequences, and with what a model was pretrained on: counts and shares, a row a set. */

import { formatCount } from "../../util/format.ts";
import type { SetReport } from "../benchmark-record.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { NO_NUMBER, percent } from "../numbers.ts";

/** A set and what its test shares. */
export type LeakingSet = Pick<SetReport, "name" | "leakage">;

/** Counts of test sequences, by what they share; `tests` are all of them. */
type Counts<Of> = Readonly<Record<keyof Of | "tests", number>>;

interface LeakageTable<Of extends Counts<Of>> {
  readonly name: string;
  readonly caption: Markup;
  /** Stands instead of the table where no set has the counts. */
  readonly absent: string;
  readonly countsOf: (set: LeakingSet) => Of | undefined;
  readonly columns: readonly (readonly [head: string, count: Exclude<keyof Of, "tests">])[];
}

export function leakageTables(sets: readonly LeakingSet[]): Markup {
  return html`<p>A test sequence that overlaps a training one can be known by heart; the de-duplicated test leaves such ones out.</p>
${leakageTable(sets, {
  name: "Leakage by intervals",
  caption: html`<b>By intervals</b>, shares of all test sequences. Half covered: one training interval covers half of it or more. Strands are not looked at; sets without coordinates have none.`,
  absent: "By intervals: not known, the sequences have no coordinates.",
  countsOf: ({ leakage }) => leakage.intervals,
  columns: [
    ["overlap", "overlapping"],
    ["half covered", "halfCovered"],
    ["by the same label", "halfCoveredSameLabel"],
    ["copies", "copies"],
    ["copies of another label", "copiesOtherLabel"],
  ],
})}${leakageTable(sets, {
  name: "Leakage by bases",
  caption: html`<b>By bases</b>, on either strand, shares of all test sequences. Copies: equal to a training sequence. Sharing: 64 bases in a row that a training sequence has.`,
  absent: "By bases: not measured.",
  countsOf: ({ leakage }) => leakage.sequences,
  columns: [
    ["copies", "copies"],
    ["sharing 64 bases", "sharingBases"],
  ],
})}${leakageTable(sets, {
  name: "Test sequences inside pretraining windows",
  caption: html`<b>Inside the pretraining windows</b>: what the network has read, without labels, before it was tuned. Shares of the test sequences that lie on its genome.`,
  absent:
    "Inside pretraining windows: not known. The network was not pretrained, its genome is not here, or the sequences have no place in it.",
  countsOf: ({ leakage }) => leakage.pretraining,
  columns: [
    ["touching", "touching"],
    ["half or more inside", "halfInside"],
    ["wholly inside", "inside"],
  ],
})}`;
}

function leakageTable<Of extends Counts<Of>>(
  sets: readonly LeakingSet[],
  { name, caption, absent, countsOf, columns }: LeakageTable<Of>,
): Markup {
  if (sets.every((set) => countsOf(set) === undefined)) {
    return html`<p class="note">${absent}</p>
`;
  }
  return table({
    name,
    caption,
    head: ["", "tests", ...columns.map(([head]) => head)],
    bodies: [
      sets.map((set) => {
        const counts = countsOf(set);
        const cells = columns.map(([, key]) =>
          counts === undefined ? NO_NUMBER : shareCell(counts[key], counts.tests),
        );
        return {
          head: set.name,
          cells: [counts === undefined ? NO_NUMBER : formatCount(counts.tests), ...cells],
        };
      }),
    ],
  });
}

function shareCell(count: number, tests: number): Markup {
  return html`${percent(tests > 0 ? count / tests : undefined)}<small>${formatCount(count)}</small>`;
}
