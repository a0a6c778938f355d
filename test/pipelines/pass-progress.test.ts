import { expect, test } from "vitest";
import { withProgress } from "../../pipelines/pass-progress.ts";
import { quietIo } from "../support/quiet-io.ts";

type Update = readonly [done: number, total: number, note: string] | "finish";

/** Surroundings that keep what their display was told. */
function watchedIo(signal?: AbortSignal) {
  const seen: Update[] = [];
  const progress = {
    update: (...update: [number, number, string]) => void seen.push(update),
    finish: () => void seen.push("finish"),
  };
  return { seen, io: { ...quietIo(signal), progress } };
}

test("the display ends with all of a pass", async () => {
  const { seen, io } = watchedIo();
  const result = await withProgress(io, 5, "sequences read", async (takeTurn) => {
    for (const done of [0, 3]) await takeTurn(done);
    return "read";
  });
  expect(result).toBe("read");
  const updates = [0, 3, 5].map((done) => [done, 5, "sequences read"]);
  expect(seen).toEqual([...updates, "finish"]);
});

test("a pass that is stopped shows how far it came", async () => {
  const controller = new AbortController();
  const { seen, io } = watchedIo(controller.signal);
  const stopped = withProgress(io, 5, "sequences read", async (takeTurn) => {
    await takeTurn(0);
    controller.abort("asked to");
    await takeTurn(3);
  });
  await expect(stopped).rejects.toBe("asked to");
  expect(seen.slice(-2)).toEqual([[3, 5, "sequences read"], "finish"]);
});
