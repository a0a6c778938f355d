import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readFailure, writeFailure } from "../../../pipelines/trials/failed-trial.ts";
import { TableError } from "../../../src/errors.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gdiff-failed-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("comes back as it was written", async () => {
  expect(await readFailure(folder)).toBeUndefined();
  const failure = { seed: 3, dataSha256: "ab", reason: 'expected "more"' };
  await writeFailure(folder, failure);
  expect(await readFailure(folder)).toEqual(failure);
});

test.each(["", "{}", '{"seed":1,"dataSha256":"ab"}', "[1]"])("%j is refused", async (text) => {
  writeFileSync(join(folder, "failed.json"), text);
  await expect(readFailure(folder)).rejects.toThrow(
    new TableError(
      `${join(folder, "failed.json")}: expected why a trial failed as JSON with seed, dataSha256 and reason, got other text: delete it, and the trial is tried again`,
    ),
  );
});
