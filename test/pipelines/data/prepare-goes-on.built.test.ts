/** A preparation that was stopped, killed or made longer ends as one that was not. */

import { cpSync } from "node:fs";
import { expect, test } from "vitest";
import { errorLines, filesBelow, gdiff, signalAt } from "../support/tiny-run.ts";
import { prepare, prepareFixture } from "./prepare-fixture.ts";

const { whole, options, inFolder } = prepareFixture();

test("after a signal: whole shards stay, nothing is half there, and the end is the same", async () => {
  const [out, reference] = [inFolder("stopped"), inFolder("undisturbed")];
  const args = [...options.slice(0, 6), "--shard-bytes", "300000", "--windows", "20000"];
  const stopped = await gdiff(
    ["data", "prepare", "--out", out, ...args],
    signalAt(/^[\d,]+\/20,120 /m, "SIGTERM"),
  );
  expect([stopped.code, errorLines(stopped)]).toEqual([
    75,
    [
      `gdiff: E_STOPPED: stopped by SIGTERM; whole shards are kept; go on with: gdiff data prepare --out ${out}`,
    ],
  ]);
  await prepare(reference, ...args);
  const expected = filesBelow(reference);
  for (const [name, content] of Object.entries(filesBelow(out))) {
    expect(name).toMatch(/^(prepare\.json|.*\.arrow(\.sha256)?)$/);
    if (name.endsWith(".arrow")) expect(content).toBe(expected[name]);
  }
  expect(await prepare(out)).toMatchObject({ code: 0 }); // with the options that it was begun with
  expect(filesBelow(out)).toEqual(expected);
});

test("after kills at any moment", async () => {
  const out = inFolder("killed");
  const args = ["data", "prepare", "--out", out, ...options, "--windows", "900"];
  for (const delayMs of [0, 4, 12]) {
    await gdiff(args, (child, stderr) => {
      if (/windows of 100 bases/.test(stderr)) setTimeout(() => child.kill("SIGKILL"), delayMs);
    });
  }
  expect(await gdiff(args)).toMatchObject({ code: 0 });
  expect(filesBelow(out)).toEqual(filesBelow(whole));
});

test("when more is asked for", async () => {
  const out = inFolder("longer");
  cpSync(whole, out, { recursive: true });
  const { stderr } = await prepare(out, "--windows", "1000");
  expect(stderr).toContain("wrote 2 shards, kept 7 that were whole");
  const reference = inFolder("longer-at-once");
  await prepare(reference, ...options, "--windows", "1000");
  expect(filesBelow(out)).toEqual(filesBelow(reference));
});

test("and never makes it shorter", async () => {
  const out = inFolder("shorter");
  cpSync(whole, out, { recursive: true });
  const { stderr } = await prepare(out, "--windows", "10");
  expect(stderr).toContain("wrote 0 shards, kept 8 that were whole");
  expect(filesBelow(out)).toEqual(filesBelow(whole));
});
