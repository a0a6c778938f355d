import { expect, test } from "vitest";
import { runJobs } from "../../../pipelines/trials/run-jobs.ts";

const never = new AbortController().signal;
const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await Promise.resolve();
};

test("every item once, in order, never more than so many at once", async () => {
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  await runJobs([0, 1, 2, 3, 4, 5, 6], 3, never, async (item) => {
    begun.push(item);
    most = Math.max(most, ++running);
    await turns(5 * (7 - item));
    running--;
  });
  expect([begun, most]).toEqual([[0, 1, 2, 3, 4, 5, 6], 3]);
});

test("one that fails stops the others, and is what is thrown once they have ended", async () => {
  const ended: string[] = [];
  const failed = runJobs(["slow", "bad", "late"], 2, never, async (item, signal) => {
    if (item === "bad") throw new Error("bad fell");
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    ended.push(item);
  });
  await expect(failed).rejects.toThrow("bad fell");
  expect(ended).toEqual(["slow"]);
});

test("a signal stops all; its reason is thrown", async () => {
  const stop = new AbortController();
  const begun: number[] = [];
  const stopped = runJobs([1, 2, 3], 1, stop.signal, async (item) => {
    begun.push(item);
    stop.abort(new Error("enough"));
  });
  await expect(stopped).rejects.toThrow("enough");
  expect(begun).toEqual([1]);
});
