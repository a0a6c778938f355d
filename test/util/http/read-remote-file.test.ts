import { describe, expect, test } from "vitest";
import { readRemoteFile } from "../../../src/util/http/remote-file.ts";
import { RemoteMissing } from "../../../src/util/http/status-failure.ts";
import * as faults from "../../support/http/faults.ts";
import { bytes, remoteFixture } from "./remote-fixture.ts";

const remote = remoteFixture();
const { message, url } = remote;

describe("readRemoteFile", () => {
  const read = (maxBytes = bytes.length): Promise<Uint8Array> =>
    readRemoteFile(remote.client(), url(), maxBytes, remote.context);

  test("reads it whole", async () => {
    expect(await read()).toEqual(bytes);
    remote.server().queue.push(faults.cutAfter(9), faults.chunked);
    expect(await read()).toEqual(bytes);
    expect(remote.server().log.at(-1)?.range).toBeUndefined();
  });

  test("bounds its length", async () => {
    const tooLong = /expected at most 1000 bytes, got more/;
    expect(await message(read(1_000))).toMatch(tooLong);
    remote.server().queue.push(faults.chunked);
    expect(await message(read(1_000))).toMatch(tooLong);
  });

  test("tells a missing file from one that cannot be had", async () => {
    remote.server().always = faults.status(404);
    await expect(read()).rejects.toBeInstanceOf(RemoteMissing);
    remote.server().always = faults.status(418);
    await expect(read()).rejects.not.toBeInstanceOf(RemoteMissing);
  });

  test("refuses an encoding", async () => {
    remote.server().always = faults.gzipped;
    expect(await message(read())).toContain("encoded as gzip");
  });
});
