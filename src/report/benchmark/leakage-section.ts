/** What the tests of every set share with their training sets, and with what the model was pretrained on. */

import { formatCount } from "../../util/format.ts";
import type { SetReport } from "../benchmark-record.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { NO_NUMBER, percent } from "../numbers.ts";

export function leakageSection(sets: readonly SetReport[]): Markup {
  return html`<p>Shares of all test sequences. A test sequence that overlaps a training one can be known by heart; the de-duplicated test leaves such ones out.</p>
${intervalTable(sets)}${sequenceTable(sets)}${pretrainingTable(sets)}`;
}

function intervalTable(sets: readonly SetReport[]): Markup {
  return table({
    name: "Leakage by intervals",
    caption: html`<b>By intervals.</b> Half covered: one training interval covers half of it or more. Strands are not looked at; sets without coordinates have none.`,
    head: [
      "",
      "tests",
      "overlap",
      "half covered",
      "by the same label",
      "copies",
      "copies of another label",
    ],
    bodies: [
      sets.map(({ name, leakage: { intervals: counts } }) => ({
        head: name,
        cells:
          counts === undefined
            ? Array<string>(6).fill(NO_NUMBER)
            : [
                formatCount(counts.tests),
                shareCell(counts.overlapping, counts.tests),
                shareCell(counts.halfCovered, counts.tests),
                shareCell(counts.halfCoveredSameLabel, counts.tests),
                shareCell(counts.copies, counts.tests),
                shareCell(counts.copiesOtherLabel, counts.tests),
              ],
      })),
    ],
  });
}

function sequenceTable(sets: readonly SetReport[]): Markup {
  return table({
    name: "Leakage by bases",
    caption: html`<b>By bases</b>, on either strand. Copies: equal to a training sequence. Sharing: 64 bases in a row that a training sequence has.`,
    head: ["", "tests", "copies", "sharing 64 bases"],
    bodies: [
      sets.map(({ name, leakage: { sequences: counts } }) => ({
        head: name,
        cells:
          counts === undefined
            ? Array<string>(3).fill(NO_NUMBER)
            : [
                formatCount(counts.tests),
                shareCell(counts.copies, counts.tests),
                shareCell(counts.sharingBases, counts.tests),
              ],
      })),
    ],
  });
}

function pretrainingTable(sets: readonly SetReport[]): Markup {
  return table({
    name: "Test sequences inside pretraining windows",
    caption: html`<b>Inside the pretraining windows</b> of the model of this report: what it has read, without labels, before it was tuned.`,
    head: ["", "tests", "touching", "half or more inside", "wholly inside"],
    bodies: [
      sets.map(({ name, leakage: { pretraining: counts } }) => ({
        head: name,
        cells:
          counts === undefined
            ? Array<string>(4).fill(NO_NUMBER)
            : [
                formatCount(counts.tests),
                shareCell(counts.touching, counts.tests),
                shareCell(counts.halfInside, counts.tests),
                shareCell(counts.inside, counts.tests),
              ],
      })),
    ],
  });
}

function shareCell(count: number, tests: number): Markup {
  return html`${percent(tests > 0 ? count / tests : undefined)}<small>${formatCount(count)}</small>`;
}
