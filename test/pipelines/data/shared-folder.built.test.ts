import { chmodSync } from "node:fs";
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
