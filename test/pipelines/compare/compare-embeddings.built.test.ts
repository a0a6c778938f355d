/** What a run's network says of generated sequences beside real ones. */

import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { compareConfig } from "../../../pipelines/compare/options.ts";
import { runCompare } from "../../../pipelines/compare/run.ts";
import { dealArms } from "../../../src/compare/arms.ts";
import { compareEmbeddings } from "../../../src/compare/embedding.ts";
import { readArrowTable } from "../../../src/data/table/read-arrow-table.ts";
import { figureOf, writeCompareSets, writeGenerated } from "../../support/compare-sets.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { gdiff, pretrain, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const inFolder = (name: string): string => join(folder, name);
const { generated, real, files } = writeCompareSets(folder);
const { generated: NEW, real: REAL } = files;

describe("embeddings of a run", () => {
  const RUN = inFolder("run");

  beforeAll(async () => {
    const made = await pretrain(["--genome", "demo", "--steps", "3", "--out", RUN]);
    expect(made).toMatchObject({ code: 0 });
  });

  test("are those of gdiff embed", async () => {
    const config = compareConfig({
      generated: NEW,
      reference: REAL,
      run: RUN,
      replicates: 20,
      precision: "fp32",
    });
    const { record } = await runCompare(config, quietIo());
    const vectors = async (path: string): Promise<Float32Array> => {
      const table = `${path}.arrow`;
      expect(
        await gdiff(["embed", RUN, path, "--out", table, "--precision", "fp32"]),
      ).toMatchObject({ code: 0 });
      const { columns } = await readArrowTable(table);
      return columns.find(({ name }) => name === "embedding")?.values as Float32Array;
    };
    const [own, others] = [await vectors(NEW), await vectors(REAL)];
    const { places } = dealArms(generated, real, 1);
    const width = own.length / 40;
    const pick = (from: Float32Array, at: Uint32Array): Float32Array =>
      Float32Array.from(
        { length: at.length * width },
        (_, i) => from[(at[Math.floor(i / width)] as number) * width + (i % width)] as number,
      );
    const expected = compareEmbeddings(
      {
        width,
        generated: pick(own, places.generated),
        real: pick(others, places.real),
        reference: pick(others, places.reference),
      },
      { seed: 1, replicates: 2 },
    )?.figures[0];
    const found = figureOf(record, "embedding/frechet");
    expect(found.generated.value).toBeCloseTo(expected?.generated.value as number, 5);
    expect(found.real.value).toBeCloseTo(expected?.real.value as number, 5);
    expect(record.embedding).toMatchObject({ run: RUN, step: 3, width, sequences: 40 });
    expect(record.provenance.precision).toBe("fp32");
  });

  test("move with what the network sees, and not with nothing", async () => {
    const judged = async (name: string, ids: readonly Uint8Array[]): Promise<string> => {
      const config = { generated: writeGenerated(inFolder(name), ids), reference: REAL, run: RUN };
      const { record } = await runCompare(compareConfig(config), quietIo());
      return figureOf(record, "embedding/frechet").standing;
    };
    const strong = generated.map((ids) => ids.map((id, i) => (id === 3 && i % 2 === 0 ? 2 : id)));
    expect(await judged("strong.fa", strong)).toBe("higher");
    expect(await judged("same.fa", generated)).toBe("alike");
  });
});
