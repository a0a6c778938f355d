/** Work that takes a while ends at SIGINT and SIGTERM, and leaves everything as it was. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { signalExitCode } from "../../../src/cli/signals.ts";
import { dice, randomLetters, temporaryFolder, wrapped } from "../../genome/fixtures.ts";
import { gdiff, STEPPING, signalAt } from "../support/tiny-run.ts";

/** Some seconds of work: a megabyte of letters again and again, too far apart for gzip to see. */
const TEXT = `>a\n${wrapped(randomLetters(960_000, "ACGT", dice(8)), 60).repeat(40)}`;

test.each([
  ["index", "SIGINT"],
  ["index", "SIGTERM"],
  ["verify", "SIGINT"],
] as const)("gdiff data %s, at %s", async (verb, signal) => {
  const content = gzipSync(TEXT, { level: 1 });
  const path = join(temporaryFolder(), "a.fa.gz");
  writeFileSync(path, content);
  const finished = await gdiff(["data", verb, path], signalAt(STEPPING, signal));
  expect([finished.code, finished.stdout]).toEqual([signalExitCode(signal), ""]);
  expect(finished.stderr).toContain(
    `gdiff: E_STOPPED: stopped by ${signal}; there is nothing to resume\n`,
  );
  expect(readdirSync(join(path, ".."))).toEqual(["a.fa.gz"]);
  expect(readFileSync(path).equals(content)).toBe(true);
});
