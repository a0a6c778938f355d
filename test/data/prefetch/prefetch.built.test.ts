import { afterEach, describe, expect, test } from "vitest";
import {
  type Prefetch,
  type PrefetchOptions,
  startPrefetch,
} from "../../../dist/src/data/prefetch/prefetch.js";

const ENTRY = new URL("./worker.mjs", import.meta.url);
const open: Prefetch[] = [];

function start(task: object, options: Partial<PrefetchOptions> = {}): Prefetch {
  const prefetch = startPrefetch({
    entry: ENTRY,
    task,
    workers: 2,
    slots: 4,
    slotBytes: 21,
    units: 40,
    signal: new AbortController().signal,
    ...options,
  });
  open.push(prefetch);
  return prefetch;
}

afterEach(async () => {
  for (const prefetch of open.splice(0)) await prefetch.close();
});

async function takeAll(prefetch: Prefetch, units: number): Promise<number[]> {
  const numbers: number[] = [];
  for (let unit = 0; unit < units; unit++) {
    const { bytes, makeMs } = await prefetch.take();
    expect(makeMs).toBeGreaterThanOrEqual(0);
    expect([...bytes.subarray(8)]).toEqual(Array(16).fill(unit % 251));
    numbers.push(new Float64Array(bytes.buffer)[0] ?? Number.NaN);
  }
  return numbers;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, unit) => unit);

describe("units come in order, each once", () => {
  test.each([
    [1, 1],
    [1, 3],
    [2, 1],
    [2, 5],
    [3, 4],
    [4, 16],
  ])("with %i workers and %i slots", async (workers, slots) => {
    const prefetch = start({}, { workers, slots, units: 400 });
    expect(await takeAll(prefetch, 400)).toEqual(upTo(400));
  });

  test("whoever is the slower: workers", async () => {
    expect(await takeAll(start({ slowMs: 3 }), 40)).toEqual(upTo(40));
  });

  test("whoever is the slower: the taker", async () => {
    const prefetch = start({}, { units: 12, slots: 2 });
    for (const unit of upTo(12)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(new Float64Array((await prefetch.take()).bytes.buffer)[0]).toBe(unit);
    }
  });

  test("what was taken stays as it was", async () => {
    const prefetch = start({}, { slots: 1 });
    const { bytes } = await prefetch.take();
    await takeRest(prefetch, 39);
    expect(bytes[20]).toBe(0);
  });
});

async function takeRest(prefetch: Prefetch, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await prefetch.take();
}

describe("a unit that cannot be made", () => {
  test("fails when its turn comes, with its code; those before are there", async () => {
    const prefetch = start({ event: "failure", at: 6 });
    expect(await takeAll(prefetch, 6)).toEqual(upTo(6));
    await expect(prefetch.take()).rejects.toMatchObject({
      code: "E_FASTA",
      exitCode: 4,
      message: "unit 6 is damaged",
    });
  });

  test("tells of a bug with the place it is in", async () => {
    const prefetch = start({ event: "bug", at: 0 });
    await expect(prefetch.take()).rejects.toMatchObject({
      message: "no such thing",
      stack: expect.stringContaining("worker.mjs"),
    });
  });
});

describe("a worker that dies ends the taking, and never hangs it", () => {
  const REMEDY = "use fewer --workers; --workers 0 makes windows in the main thread";
  test.each([
    ["exit", "died: it ended with code 3"],
    ["throw", "died: out of the blue"],
    ["memory", "ran out of memory"],
  ])("%s", async (event, what) => {
    const resourceLimits = { maxOldGenerationSizeMb: 24 };
    const prefetch = start({ event, at: 5 }, { resourceLimits });
    await expect(takeRest(prefetch, 6)).rejects.toMatchObject({
      code: "E_WORKER",
      exitCode: 1,
      message: `expected the threads that make windows to live as long as training, but one ${what}: ${REMEDY}`,
    });
  });

  test("a module that is not there", async () => {
    const prefetch = start({}, { entry: new URL("./absent.mjs", import.meta.url) });
    await expect(prefetch.take()).rejects.toMatchObject({
      code: "E_WORKER",
      message: expect.stringContaining("absent.mjs"),
    });
  });
});

describe("a wait ends", () => {
  test("when the signal aborts, with its reason", async () => {
    const controller = new AbortController();
    const prefetch = start({ event: "hang", at: 0 }, { signal: controller.signal, workers: 1 });
    const taking = prefetch.take();
    setTimeout(() => controller.abort("enough"), 20);
    await expect(taking).rejects.toBe("enough");
  });

  test.each([
    ["that wait for a free slot", {}],
    ["that hang", { event: "hang", at: 0 }],
    ["that have not begun", undefined],
  ])("close() ends workers %s", async (_, task) => {
    const prefetch = start(task ?? {});
    if (task !== undefined) await new Promise((resolve) => setTimeout(resolve, 100));
    await prefetch.close();
    await prefetch.close();
    await expect(prefetch.take()).rejects.toThrow("internal: expected one of 40 units");
  });
});
