import { expect, it } from "vitest";
// @ts-expect-error: a script, without types
import * as expectations from "../../scripts/tfjs-core/expectations.mjs";
// @ts-expect-error: a script, without types
import { defineGlobals, runSuites } from "../../scripts/tfjs-core/runner.mjs";

interface Report {
  readonly name: string;
  readonly outcome: string;
  readonly error?: Error;
}

type Body = (done: { (): void; fail: (reason: string) => void }) => unknown;

it("runs suites in order, tells failures of each kind, and leaves out what is marked", async () => {
  const { expect: vitestExpect } = globalThis as { expect?: unknown };
  const root = defineGlobals();
  const jasmine = globalThis as unknown as {
    describe: (name: string, declare: () => void) => void;
    it: (name: string, body: Body) => void;
    xit: (name: string) => void;
    beforeEach: (body: () => void) => void;
    fail: (reason: string) => void;
    spyOn: (object: object, name: string) => { and: { returnValue: (value: unknown) => void } };
    expect: (actual: unknown) => Record<string, (...wanted: unknown[]) => void>;
  };
  const log: string[] = [];
  const object = { name: () => "own" };
  jasmine.describe("wanted", () => {
    jasmine.beforeEach(() => log.push("before"));
    jasmine.it("passes", () => log.push("body"));
    jasmine.it("expects", () => jasmine.expect(1).toEqual?.(2));
    jasmine.it("rejects", () => Promise.reject(new Error("late")));
    jasmine.it("is not done", (done) => done.fail("undone"));
    jasmine.it("says fail", () => jasmine.fail("so"));
    jasmine.it("spies", () => {
      jasmine.spyOn(object, "name").and.returnValue("spied");
      log.push(object.name());
    });
    jasmine.it("no longer spies", () => log.push(object.name()));
    jasmine.xit("is left out");
  });
  jasmine.describe("other", () => jasmine.it("does not run", () => log.push("no")));
  const reports: Report[] = [];
  await runSuites(
    root,
    (name: string) => name === "wanted",
    (report: Report) => reports.push(report),
  );
  if (vitestExpect !== undefined) Object.assign(globalThis, { expect: vitestExpect });
  expect(reports.map(({ name, outcome, error }) => [name, outcome, error?.message])).toEqual([
    ["wanted passes", "passed", undefined],
    ["wanted expects", "failed", "expected 1 toEqual 2"],
    ["wanted rejects", "failed", "late"],
    ["wanted is not done", "failed", "undone"],
    ["wanted says fail", "failed", "failed: so"],
    ["wanted spies", "passed", undefined],
    ["wanted no longer spies", "passed", undefined],
    ["wanted is left out", "left out", undefined],
  ]);
  expect(log.filter((entry) => entry !== "before")).toEqual(["body", "spied", "own"]);
});

it("its expectations fail as Jasmine's do", async () => {
  const expects = expectations.expect as (actual: unknown) => {
    [matcher: string]: (...wanted: unknown[]) => void;
  } & { not: { [matcher: string]: (...wanted: unknown[]) => void } };
  const boom = () => {
    throw new RangeError("boom");
  };
  const failing: (() => void)[] = [
    () => expects([1, 2]).toEqual?.([1, 3]),
    () => expects(0).toEqual?.(-0),
    () => expects(new Float32Array(1)).toEqual?.(new Int32Array(1)),
    () => expects({ a: 1 }).not.toEqual?.({ a: 1 }),
    () => expects(boom).not.toThrow?.(),
    () => expects(() => 1).toThrowError?.(),
    () => expects(boom).toThrowError?.("bang"),
    () => expects(boom).toThrowError?.(TypeError),
    () => expects(1).toBeCloseTo?.(1.006),
    () => expects([1]).toContain?.(2),
  ];
  for (const attempt of failing) expect(attempt).toThrow(/^expected/);
  expects(boom).toThrowError?.(RangeError, /boo/);
  expects([1]).toEqual?.([1]);
  await expect(
    expectations.expectAsync(Promise.resolve()).toBeRejectedWithError("x"),
  ).rejects.toThrow("expected the promise to be rejected with x");
});
