import { expect, test } from "vitest";
import { DEFAULT_WORKERS, openBatches } from "../../../pipelines/pretrain/open-batches.ts";
import { pretrainConfig } from "../../../pipelines/pretrain/options.ts";
import { openTrainingData } from "../../../pipelines/pretrain/training-data.ts";
import type { Window } from "../../../src/data/window.ts";
import type { Residence } from "../../../src/genome/genome.ts";
import { quietIo } from "../../support/quiet-io.ts";

test("from sources, batches come from the main thread, and it is said", async () => {
  const config = await pretrainConfig({
    data: { genome: "demo", length: 64 },
    train: { batchSize: 3, accumulate: 2, steps: 5 },
    workers: 2,
  });
  const io = quietIo();
  const data = await openTrainingData(config, io);
  const batches = openBatches(config, data.source, 0, io);
  expect(io.lines).toEqual([
    "workers (2): batches are made in the main thread, for worker threads need the built gdiff (npm run build)",
  ]);
  const [first, second] = [await batches.next(), await batches.next()];
  expect([first.firstIndex, second.firstIndex]).toEqual([0, 6]);
  expect(first.microBatches.map(({ batch, length }) => [batch, length])).toEqual([
    [3, 64],
    [3, 64],
  ]);
  for (const [i, { x0 }] of [...first.microBatches, ...second.microBatches].entries()) {
    for (let row = 0; row < 3; row++) {
      const { ids } = await data.source.window(3 * i + row);
      expect(x0.subarray(row * 64, (row + 1) * 64)).toEqual(ids);
    }
  }
  expect(first.makeSeconds).toBeGreaterThan(0);
  const resumed = openBatches({ ...config, workers: 0 }, data.source, 1, io);
  expect((await resumed.next()).microBatches).toEqual(second.microBatches);
  await batches.close();
  await data.close();
});

test("without --workers a server's windows get two, and not having them is said; it is not of the one that files get", async () => {
  const config = await pretrainConfig({ data: { genome: "demo", length: 64 } });
  const window = async (): Promise<Window> => Promise.reject(new Error("not asked for"));
  const said = (residence: Residence): readonly string[] => {
    const io = quietIo();
    openBatches(config, { windows: 1, residence, window }, 0, io);
    return io.lines;
  };
  expect(said("server")).toEqual([expect.stringMatching(/^workers \(2\): /)]);
  expect([said("file"), said("memory")]).toEqual([[], []]);
  expect(DEFAULT_WORKERS).toEqual({ server: 2, file: 1, memory: 0 });
});
