/** Every fault of a server: bytes that are right, or an error that says what to do; never other bytes. */

import { describe, expect, test } from "vitest";
import { openHttpClient } from "../../../src/util/http/client.ts";
import { openRemoteFile, type RemoteFile } from "../../../src/util/http/remote-file.ts";
import type { Fault } from "../../support/http/fault-server.ts";
import * as faults from "../../support/http/faults.ts";
import { bytes, file, remoteFixture } from "./remote-fixture.ts";

const HEAD = 100;
const part = bytes.subarray(2_000, 3_000);
const remote = remoteFixture();
const { message, url, waits } = remote;
const open = (context = remote.context): Promise<RemoteFile> =>
  openRemoteFile(remote.client(), url(), HEAD, context);

test("reads ranges of one version", async () => {
  const opened = await open();
  expect(opened.version).toEqual({
    size: bytes.length,
    etag: '"v1"',
    lastModified: file.lastModified,
  });
  expect(opened.head).toEqual(bytes.subarray(0, HEAD));
  expect(await opened.read(2_000, 3_000)).toEqual(part);
  expect(await opened.read(4_999, 5_000)).toEqual(bytes.subarray(4_999));
  expect(await opened.read(10, 20)).toEqual(bytes.subarray(10, 20));
  expect(remote.server().log.map(({ range, ifRange }) => [range, ifRange])).toEqual([
    ["bytes=0-99", undefined],
    ["bytes=2000-2999", '"v1"'],
    ["bytes=4999-4999", '"v1"'],
  ]);
});

describe("what passes is tried again, and the bytes are right", () => {
  const passing: Readonly<Record<string, Fault>> = {
    "status 500": faults.status(500),
    "status 502": faults.status(502),
    "status 503": faults.status(503),
    "status 504": faults.status(504),
    "status 408": faults.status(408),
    "status 429": faults.status(429),
    "a reset before the answer": faults.reset,
    "a reset in the body": faults.resetAfter(50),
    "a reset after the headers": faults.resetAfter(0),
    "a connection closed in the body": faults.cutAfter(50),
    "a body shorter than its range": faults.shortBody,
    "a body longer than its range": faults.longBody,
    "a connection that ends an unframed body early": faults.unframed,
    "no HTTP": faults.notHttp,
  };
  test.each(Object.entries(passing))("%s", async (_, fault) => {
    remote.server().queue.push(fault);
    const opened = await open();
    expect(opened.head).toEqual(bytes.subarray(0, HEAD));
    remote.server().queue.push(fault, fault);
    expect(await opened.read(2_000, 3_000)).toEqual(part);
    expect(waits).toEqual([500, 500, 1000]);
    remote.server().always = fault;
    expect(await message(opened.read(2_000, 3_000))).toMatch(
      /^http:.*\/x: .* \(tried 9 times; try again later\)$/,
    );
  });

  test.each([
    ["silence", faults.silent],
    ["headers that never end", faults.slowHeaders],
    ["a body that stops", faults.stallAfter(50)],
    ["a body that comes byte by byte", faults.slowBody],
  ])("%s", async (_, fault) => {
    const client = openHttpClient({ env: {}, stallMs: 200 });
    const opened = await openRemoteFile(client, url(), HEAD, remote.context);
    remote.server().queue.push(fault);
    expect(await opened.read(2_000, 3_000)).toEqual(part);
    expect(waits[0]).toBe(500);
    remote.server().always = fault;
    const once = { policy: { ...remote.context.policy, retries: 0 } };
    expect(await message(openRemoteFile(client, url(), HEAD, once))).toContain(
      "expected the next bytes, but none came for 0.2s (tried once; try again later)",
    );
    await client.close();
  });

  test("Retry-After is waited for, in seconds and as a date", async () => {
    const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 100_000).toUTCString();
    remote.server().queue.push(faults.status(503, { "retry-after": "7" }));
    remote.server().queue.push(faults.status(429, { "retry-after": at }));
    await open();
    expect(waits[0]).toBe(7000);
    expect(waits[1]).toBeGreaterThan(90_000);
    expect(waits[1]).toBeLessThanOrEqual(101_000);
    remote.server().queue.push(faults.status(503, { "retry-after": "86400" }));
    expect(await message(open())).toBe(
      `${url()}: the server cannot answer now (status 503); the server asks to come back in 1d: try again then`,
    );
    expect(waits).toHaveLength(2);
  });
});

describe("what is harmless is taken", () => {
  test("chunks without a length", async () => {
    remote.server().always = faults.chunked;
    const opened = await open();
    expect(await opened.read(2_000, 3_000)).toEqual(part);
  });

  test("a server that ignores Range, of a small file", async () => {
    remote.server().always = faults.ignoresRange;
    const opened = await open();
    expect(opened.head).toEqual(bytes);
    expect(await opened.read(2_000, 3_000)).toEqual(part);
    expect(remote.server().log).toHaveLength(1);
  });

  test("an empty file", async () => {
    remote.server().files.set("/x", { bytes: new Uint8Array(0) });
    expect((await open()).version.size).toBe(0);
  });

  test("redirects", async () => {
    remote.server().files.set("/y", file);
    remote.server().queue.push(faults.redirect("/z", 301), faults.redirect("y", 307));
    const opened = await open();
    expect(opened.head).toEqual(bytes.subarray(0, HEAD));
    expect(remote.server().log.map(({ path, range }) => `${path} ${range}`)).toEqual([
      "/x bytes=0-99",
      "/z bytes=0-99",
      "/y bytes=0-99",
    ]);
  });
});

test("redirects are followed once, and again when where they led is no more", async () => {
  remote.server().files.set("/signed-1", file);
  remote.server().queue.push(faults.redirect("/signed-1"));
  const opened = await open();
  expect(await opened.read(2_000, 3_000)).toEqual(part);
  remote.server().files.delete("/signed-1");
  remote.server().files.set("/signed-2", file);
  remote.server().queue.push(faults.status(403), faults.redirect("/signed-2"));
  expect(await opened.read(2_000, 3_000)).toEqual(part);
  expect(await opened.read(3_000, 3_500)).toEqual(bytes.subarray(3_000, 3_500));
  expect(remote.server().log.map(({ path }) => path)).toEqual([
    ...["/x", "/signed-1", "/signed-1"],
    ...["/signed-1", "/x", "/signed-2", "/signed-2"],
  ]);
});

describe("what stays is an error at once, and says what to do", () => {
  const changed =
    /the file changed on the server while it was read: .* \(start again, or download it and give its path\)/;
  const lasting: Readonly<Record<string, readonly [Fault, RegExp]>> = {
    "a range that was not asked for": [
      faults.otherPart,
      /expected bytes 2000-2999 .* "bytes 1999-2998\/5000" \(the server or a proxy is faulty: download/,
    ],
    "no Content-Range": [faults.contentRange(undefined), /got no Content-Range/],
    "a Content-Range without a size": [
      faults.contentRange("bytes 2000-2999/*"),
      /of a file of known size/,
    ],
    "a Content-Range that is none": [faults.contentRange("2000 to 2999"), /got "2000 to 2999"/],
    "a Content-Range of another size": [
      faults.contentRange("bytes 2000-2999/6000"),
      /it had 5000 bytes, now it has 6000/,
    ],
    "Range ignored later": [
      faults.ignoresRange,
      /got all of it, though the server sent a part before/,
    ],
    "a Content-Encoding": [
      faults.gzipped,
      /got them encoded as gzip though that was not asked for/,
    ],
    "status 416": [faults.status(416), /it became shorter/],
    "status 404": [faults.status(404), /no such file on the server \(status 404; check the URL\)/],
    "status 403": [
      faults.status(403),
      /does not give this file \(status 403; check the URL, and whether it has expired/,
    ],
    "status 407": [faults.status(407), /the proxy wants a password/],
    "status 301 without a Location": [faults.status(301), /expected the file, got status 301/],
    "status 204": [faults.status(204), /expected the file, got status 204/],
    "too many headers": [faults.hugeHeaders, /more than 16 KiB of headers/],
    "a redirect to http elsewhere": [
      faults.redirect("http://example.org/x"),
      /redirects to http:\/\/example.org\/x, away from https, which is not followed/,
    ],
    "a redirect to a file": [faults.redirect("file:///etc/passwd"), /away from https/],
    "a redirect to the metadata service": [
      faults.redirect("https://169.254.169.254/latest/meta-data"),
      /an address of this machine or its network/,
    ],
    "a redirect to another private host": [
      faults.redirect("https://192.168.0.1/"),
      /an address of this machine or its network/,
    ],
    "a redirect in a circle": [
      faults.redirect("/x"),
      /expected at most 5 redirects, got more \(does it redirect in a circle\?\)/,
    ],
  };
  test.each(Object.entries(lasting))("%s", async (_, [fault, expected]) => {
    const opened = await open();
    remote.server().always = fault;
    expect(await message(opened.read(2_000, 3_000))).toMatch(expected);
    expect(waits).toEqual([]);
    remote.server().always = undefined;
    expect(await opened.read(2_000, 3_000)).toEqual(part);
  });

  test.each([
    ["another ETag", { ...file, etag: '"v2"' }, 'its ETag was "v1", now it is "v2"'],
    [
      "no ETag any more",
      { ...file, etag: undefined as never },
      'its ETag was "v1", now it is not given',
    ],
    [
      "more bytes",
      { ...file, etag: '"v2"', bytes: new Uint8Array(6_000) },
      "it had 5000 bytes, now it has 6000",
    ],
    ["fewer bytes", { ...file, bytes: bytes.subarray(0, 1_000) }, "it became shorter"],
  ])("the file changes: %s", async (_, next, difference) => {
    const opened = await open();
    remote.server().files.set("/x", next);
    const said = await message(opened.read(2_000, 3_000));
    expect(said).toMatch(changed);
    expect(said).toContain(difference);
  });

  test.each([
    ["and ignores If-Range", { ...file, etag: 'W/"v1"' }, { ...file, etag: 'W/"v2"' }],
    ["and is known by its date", { bytes, lastModified: "Mon" }, { bytes, lastModified: "Tue" }],
  ])("the file changes %s", async (_, before, after) => {
    remote.server().files.set("/x", before);
    const opened = await open();
    remote.server().files.set("/x", after);
    expect(await message(opened.read(2_000, 3_000))).toMatch(changed);
  });

  test("nothing to know a version by", async () => {
    remote.server().files.set("/x", { bytes });
    expect(await message(open())).toContain("expected an ETag or a Last-Modified");
  });

  test("a server that ignores Range, of a large file", async () => {
    remote.server().files.set("/x", { ...file, bytes: new Uint8Array(2 ** 23 + 1) });
    for (const fault of [faults.ignoresRange, faults.chunked]) {
      remote.server().always = ({ range: _range, ...exchange }) =>
        fault({ ...exchange, range: undefined });
      expect(await message(open())).toContain(
        "expected a server that sends parts of files, but it ignores Range (download the file and give its path)",
      );
    }
  });

  test("a whole file whose end cannot be told", async () => {
    remote.server().always = ({ range: _range, ...exchange }) =>
      faults.unframed({ ...exchange, range: undefined });
    expect(await message(open())).toContain("expected a Content-Length or chunks, got neither");
  });
});
