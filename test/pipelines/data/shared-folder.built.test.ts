import { chmodSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../genome/fixtures.ts";
import { runUnprivileged } from "../support/run-unprivileged.ts";

test("a $GDIFF_DATA that may only be read is searched first; the cache takes what is written", (context) => {
  const [shared, cache] = [temporaryFolder(), temporaryFolder()];
  chmodSync(shared, 0o555);
  const own = join(cache, "gdiff");
  for (const data of [shared, join(shared, "none")]) {
    const env = { GDIFF_DATA: data, XDG_CACHE_HOME: cache };
    const listed = runUnprivileged(["data", "list", "--json"], env);
    if (listed === undefined) return context.skip("the unprivileged user cannot run gdiff");
    expect([listed.code, listed.stderr]).toEqual([0, ""]);
    const { searched, written } = JSON.parse(listed.stdout);
    expect([searched, written]).toEqual([[data, own], own]);
  }
});

test("a file there is verified, and remembered in the user's own folder", (context) => {
  const [shared, cache] = [temporaryFolder(), temporaryFolder()];
  const path = join(shared, "lambda.fa");
  writeFileSync(path, ">x\nACGT\n");
  chmodSync(shared, 0o555);
  chmodSync(cache, 0o777);
  const env = { GDIFF_DATA: shared, XDG_CACHE_HOME: cache };
  const informed = runUnprivileged(["data", "info", "lambda"], env);
  if (informed === undefined) return context.skip("the unprivileged user cannot run gdiff");
  expect([informed.code, informed.stderr]).toEqual([0, expect.stringMatching(/^1\/1 {2}100%/)]);
  expect(readdirSync(shared)).toEqual(["lambda.fa"]);
  expect(readdirSync(join(cache, "gdiff", "beside"))).toEqual([
    expect.stringMatching(/^[0-9a-f]{16}-lambda\.fa\.gdiff\.json$/),
  ]);
  const again = runUnprivileged(["data", "info", "lambda"], env);
  expect([again?.code, again?.stderr, again?.stdout]).toEqual([0, "", informed.stdout]);

  const verified = runUnprivileged(["data", "verify", "lambda", "--json"], env);
  expect([verified?.code, verified?.stdout]).toEqual([4, ""]);
  expect(verified?.stderr).toMatch(
    /^gdiff: E_VERIFY: .*lambda\.fa: expected the 1 contig of lambda, got none of/m,
  );
});
