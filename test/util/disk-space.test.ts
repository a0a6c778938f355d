import { expect, test } from "vitest";
import { expectDiskSpace } from "../../src/util/disk-space.ts";
import { failure, temporaryFolder } from "../genome/fixtures.ts";

test("room that is there is enough; room that no disk has is not", async () => {
  const folder = temporaryFolder();
  await expectDiskSpace(folder, 1);
  expect(await failure(() => expectDiskSpace(folder, 2 ** 60))).toMatch(
    /^FileError: .*: expected 1048576\.0 TiB of free disk space, got [\d.]+ [KMGT]iB: free some, or choose another folder$/,
  );
});

test("a folder of which nothing is known is believed", async () => {
  await expectDiskSpace("/no/such/folder", 2 ** 60);
});
