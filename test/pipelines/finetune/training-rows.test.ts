import { expect, test } from "vitest";
import { type RowOptions, trainingRows } from "../../../pipelines/finetune/training-rows.ts";
import type { LabelledSequences } from "../../../src/data/labelled/labelled-sequence.ts";
import { makeLabelledSequences } from "../../../src/data/labelled/make-labelled-sequences.ts";
import { MASK_ID } from "../../../src/tokens/alphabet.ts";
import { reverseComplementIds } from "../../../src/tokens/complement.ts";
import { plantedRows } from "../support/planted-set.ts";

const set: LabelledSequences = makeLabelledSequences(
  plantedRows(23, 1).map(({ sequence, ...row }) => ({ ...row, bases: sequence })),
  { name: "planted", placeOf: (row) => `row ${row}` },
);
const OPTIONS: RowOptions = {
  ...{ batchSize: 5, tokens: 120, classes: 2, labelSmoothing: 0, classWeights: [1, 1], seed: 3 },
  isEitherStrand: false,
  maskShare: 0,
};

/** Every row of an epoch as text with its label. */
function epochOf(options: RowOptions, epoch: number): string[] {
  const rows = trainingRows(set, options);
  const steps = Array.from({ length: rows.stepsPerEpoch }, (_, i) =>
    rows.rowsOf(epoch * rows.stepsPerEpoch + i),
  );
  return steps
    .flat()
    .flatMap((micro) =>
      micro.ids.map(
        (ids, row) => `${ids.join("")} ${micro.targets.subarray(2 * row, 2 * row + 2).join("")}`,
      ),
    );
}

const expected = set.sequences.map(
  ({ ids, label }) => `${ids.join("")} ${label === 0 ? "10" : "01"}`,
);

test("an epoch has every sequence once, the last of them in a smaller step", () => {
  const rows = trainingRows(set, OPTIONS);
  expect(rows.stepsPerEpoch).toBe(5);
  const last = rows.rowsOf(4);
  expect(last.reduce((sum, { places }) => sum + places.length, 0)).toBe(3);
  for (const epoch of [0, 1]) expect(epochOf(OPTIONS, epoch).sort()).toEqual([...expected].sort());
  expect(epochOf(OPTIONS, 0)).not.toEqual(epochOf(OPTIONS, 1));
});

test("no forward pass has more tokens than asked for, but of a single long sequence", () => {
  const rows = trainingRows(set, { ...OPTIONS, tokens: 70 });
  for (let step = 0; step < rows.stepsPerEpoch; step++) {
    for (const { ids } of rows.rowsOf(step)) {
      const longest = Math.max(...ids.map(({ length }) => length));
      expect(ids.length === 1 || ids.length * longest <= 70).toBe(true);
    }
  }
});

test("without a limit a step is one pass, however long its sequences", () => {
  const { tokens: _, ...unlimited } = OPTIONS;
  const rows = trainingRows(set, unlimited);
  for (let step = 0; step < rows.stepsPerEpoch; step++) {
    const [pass, ...more] = rows.rowsOf(step);
    expect([pass?.ids.length, more]).toEqual([step === 4 ? 3 : 5, []]);
  }
});

test("a step is a function of its number, and which sequences share it of seed and epoch alone", () => {
  const [one, other] = [trainingRows(set, OPTIONS), trainingRows(set, OPTIONS)];
  const later = other.rowsOf(7);
  expect(one.rowsOf(7)).toEqual(later);
  expect(one.rowsOf(2)).not.toEqual(later);
  const labelsOf = (tokens: number): string =>
    trainingRows(set, { ...OPTIONS, tokens })
      .rowsOf(1)
      .flatMap(({ targets }) => [...targets])
      .join("");
  expect(labelsOf(1)).toBe(labelsOf(10_000));
});

test("with either strand about half are turned, others in the next epoch", () => {
  const turned = new Set(
    set.sequences.map(
      ({ ids, label }) => `${reverseComplementIds(ids).join("")} ${label === 0 ? "10" : "01"}`,
    ),
  );
  const counts = Array.from({ length: 40 }, (_, epoch) => {
    const rows = epochOf({ ...OPTIONS, isEitherStrand: true }, epoch);
    for (const row of rows) expect(expected.includes(row) || turned.has(row)).toBe(true);
    return rows.filter((row) => turned.has(row)).length;
  });
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const standardError = Math.sqrt(23 / 4 / counts.length);
  expect(Math.abs(mean - 11.5)).toBeLessThan(4 * standardError);
  expect(new Set(counts).size).toBeGreaterThan(1);
});

test("with a mask share that much is hidden, elsewhere in the next epoch, and the rest stays", () => {
  const bases = set.sequences.reduce((sum, { ids }) => sum + ids.length, 0);
  const epochs = Array.from({ length: 40 }, (_, epoch) =>
    epochOf({ ...OPTIONS, maskShare: 0.2 }, epoch),
  );
  const hidden = epochs.map((rows) => rows.join("").split(String(MASK_ID)).length - 1);
  const share = hidden.reduce((sum, count) => sum + count, 0) / (40 * bases);
  expect(Math.abs(share - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / (40 * bases)));
  for (const row of epochs.flat()) {
    const pattern = new RegExp(`^${row.replaceAll(String(MASK_ID), ".")}$`);
    expect(expected.some((whole) => pattern.test(whole))).toBe(true);
  }
  const places = new Set(epochs.flat());
  expect(places.size).toBeGreaterThan(20 * set.sequences.length);
});

test("with a uniform mask share every number of hidden bases is as likely, whatever the batch", () => {
  const length = 9;
  const sequences = Array.from({ length: 24 }, (_, i) => ({
    ...{ id: `s${i}`, label: i % 2 === 0 ? "a" : "b" },
    bases: Array.from({ length }, (__, j) => "ACGT"[(5 * i + i * j + 3 * j) % 4]).join(""),
  }));
  const of = makeLabelledSequences(sequences, { name: "nines", placeOf: (row) => `row ${row}` });
  const options: RowOptions = { ...OPTIONS, maskShare: "uniform" };
  const epochs = 200;
  const hiddenOf = (batchSize: number): string[] => {
    const { stepsPerEpoch, rowsOf } = trainingRows(of, { ...options, batchSize });
    const rows = Array.from({ length: epochs * stepsPerEpoch }, (_, step) =>
      rowsOf(step).flatMap(({ places, ids }) =>
        ids.map((row, i) => `${Math.floor(step / stepsPerEpoch)} ${places[i]} ${row.join("")}`),
      ),
    );
    return rows.flat().sort();
  };
  const rows = hiddenOf(5);
  expect(hiddenOf(24)).toEqual(rows);
  const counts = new Array<number>(length + 1).fill(0); // uniform on 0 … 9: binomial with a uniform chance
  for (const row of rows) {
    const hidden = row.split(" ")[2]?.split(String(MASK_ID)).length ?? 0;
    counts[hidden - 1] = (counts[hidden - 1] as number) + 1;
  }
  const expectedCount = (24 * epochs) / (length + 1);
  const statistic = counts.reduce((sum, n) => sum + (n - expectedCount) ** 2 / expectedCount, 0);
  expect(statistic).toBeLessThan(27.88); // scipy.stats.chi2.ppf(0.999, 9)
});
