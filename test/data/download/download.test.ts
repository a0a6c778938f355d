/** Every fault of a server during a download: the right file, or no file under the name and an error. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Fault } from "../../support/http/fault-server.ts";
import * as faults from "../../support/http/faults.ts";
import { bytes, downloadFixture, factsOf, file } from "./download-fixture.ts";

const setup = downloadFixture();
const { run, expectWhole, message, told } = setup;
const FACTS = factsOf(bytes);
const other = bytes.map((byte) => byte ^ 0xff);

test("downloads a file, in one request, and says its size and digests", async () => {
  const seen: string[] = [];
  expect(await run({ onProgress: (done, of) => seen.push(`${done}/${of}`) })).toEqual(FACTS);
  expectWhole();
  expect(seen.at(-1)).toBe("200000/200000");
  expect(setup.server().log).toHaveLength(1);
});

test("replaces what has the name, when it is complete", async () => {
  writeFileSync(setup.path(), "before");
  setup.server().always = faults.status(404);
  await expect(run()).rejects.toThrow("no such file on the server");
  expect(readFileSync(setup.path(), "utf8")).toBe("before");
  setup.server().always = undefined;
  await run({ expected: FACTS });
  expectWhole();
});

test("an empty file", async () => {
  setup.server().files.set("/x.fa.gz", { bytes: new Uint8Array(0) });
  expect(await run()).toEqual(factsOf(new Uint8Array(0)));
  expectWhole(new Uint8Array(0));
});

const passing: Readonly<Record<string, Fault>> = {
  "status 503": faults.status(503),
  "a reset before the answer": faults.reset,
  "a reset in the body": faults.resetAfter(70_000),
  "a connection closed in the body": faults.cutAfter(70_000),
  "a connection closed after the headers": faults.cutAfter(0),
  "no HTTP": faults.notHttp,
};

describe.each([
  ["with a known digest", { expected: FACTS }],
  ["without", {}],
])("what passes is recovered from, %s", (_, options) => {
  test.each(Object.entries(passing))("%s", async (_name, fault) => {
    setup.server().queue.push(fault, undefined);
    expect(await run(options)).toEqual(FACTS);
    setup.server().queue.push(fault, fault, fault);
    expect(await run(options)).toEqual(FACTS);
    expectWhole();
  });
});

test("goes on where it was, asking for the same version", async () => {
  setup.server().queue.push(faults.cutAfter(70_000), faults.cutAfter(50_000));
  await run();
  const [first, second, third] = setup.server().log;
  expect(setup.server().log).toHaveLength(3);
  expect([first?.range, first?.ifRange]).toEqual([undefined, undefined]);
  expect([second?.range, second?.ifRange]).toEqual(["bytes=70000-", '"v1"']);
  expect(third?.range).toBe("bytes=120000-");
  expect(told).toEqual([
    expect.stringContaining("trying again in 0.5s"),
    "500 ms",
    expect.anything(),
    "500 ms",
  ]);
  expectWhole();
});

test("tries as long as it comes forward, and no longer", async () => {
  setup.server().always = faults.cutAfter(9_000);
  expect(await run()).toEqual(FACTS);
  expect(setup.server().log.length).toBeGreaterThan(20);
  setup.server().always = faults.cutAfter(0);
  expect(await message(run())).toMatch(/^RemoteError: .* \(tried 9 times; try again later\)$/);
  setup.server().always = ({ range: _range, ...exchange }) =>
    faults.cutAfter(9_000)({ ...exchange, range: undefined }); // and from the start each time
  expect(await message(run())).toMatch(/tried 9 times/);
});

describe("what is not the file that was expected is not kept", () => {
  const nothing = (): void => expect(setup.names()).toEqual([]);

  test("other bytes of the right size", async () => {
    setup.server().files.set("/x.fa.gz", { ...file, bytes: other });
    expect(await message(run({ expected: FACTS }))).toBe(
      `VerificationError: ${setup.url()}: expected SHA-256 ${FACTS.sha256}, got ${factsOf(other).sha256}: it is not the file that was expected, and nothing of it is kept (was it replaced by another version? another source may have it: --from URL)`,
    );
    nothing();
    expect(await message(run({ expected: { md5: FACTS.md5 } }))).toContain(
      `expected MD5 ${FACTS.md5}`,
    );
    nothing();
  });

  test("another size, before a byte of it is taken", async () => {
    setup.server().files.set("/x.fa.gz", { ...file, bytes: other.subarray(1) });
    expect(await message(run({ expected: FACTS }))).toContain(
      "expected 200000 bytes, the server has 199999",
    );
    nothing();
    setup.server().always = faults.chunked;
    expect(await message(run({ expected: FACTS }))).toContain("expected 200000 bytes, got 199999");
    nothing();
  });

  test("more bytes than are allowed", async () => {
    const tooMuch = "expected at most 100000 bytes, got more";
    expect(await message(run({ maxBytes: 100_000 }))).toContain(tooMuch);
    nothing();
    setup.server().always = faults.chunked;
    expect(await message(run({ maxBytes: 100_000 }))).toContain(tooMuch);
    nothing();
  });

  test("bytes that somebody compressed on the way", async () => {
    setup.server().always = faults.gzipped;
    expect(await message(run())).toContain("RemoteError: ");
    expect(await message(run({ expected: FACTS }))).toContain("VerificationError: ");
    expect(existsSync(setup.path())).toBe(false);
  });

  test("a body whose end cannot be told", async () => {
    setup.server().always = faults.unframed;
    expect(await message(run())).toContain("expected a Content-Length or chunks, got neither");
    expect(existsSync(setup.path())).toBe(false);
  });
});

test("a file that its server calls encoded is taken when its digest is right", async () => {
  setup.server().always = ({ response, file: { bytes: body } }) =>
    void response
      .writeHead(200, { "content-encoding": "x-gzip", "content-length": body.length })
      .end(body);
  expect(await run({ expected: FACTS })).toEqual(FACTS);
  expectWhole();
});

test("chunks without a length", async () => {
  setup.server().always = faults.chunked;
  expect(await run()).toEqual(FACTS);
  expectWhole();
});

test("stops with the signal's reason, keeps the part, and goes on later", async () => {
  const stop = new AbortController();
  const reason = { signal: "SIGINT" };
  setup.server().always = faults.stallAfter(60_000);
  const running = run({
    signal: stop.signal,
    onProgress: (done) => void (done >= 60_000 && setImmediate(() => stop.abort(reason))),
  });
  await expect(running).rejects.toBe(reason);
  expect(setup.names()).toEqual(["x.fa.gz.part", "x.fa.gz.part.json"]);
  setup.server().always = undefined;
  await run();
  expect(setup.server().log.at(-1)?.range).toBe("bytes=60000-");
  expectWhole();
});

test("a disk that is too small is said before anything is fetched", async () => {
  setup.server().always = ({ response }) =>
    void response.writeHead(200, { "content-length": 2 ** 50 }).write("x");
  expect(await message(run({ maxBytes: 2 ** 60 }))).toMatch(
    /^FileError: .*: expected 1024\.0 TiB of free disk space, got .*: free some, or choose another folder$/,
  );
  setup.server().always = undefined;
  expect(await message(run({ extraBytes: 2 ** 50 }))).toMatch(
    /^FileError: .*: expected 1024\.0 TiB of free disk space/,
  );
  expect(setup.server().log.at(-1)?.path).toBe("/x.fa.gz");
});

test("two downloads of one file: the second says who has the first", async () => {
  setup.server().delayMs = 100;
  const results = await Promise.allSettled([run(), run()]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = results.find((result) => result.status === "rejected");
  expect(String(refused?.reason)).toMatch(
    /^FileError: .*x\.fa\.gz: expected to be the only one to write it, but process \d+ on .* has been at it since .*: wait for it$/,
  );
  expectWhole();
});

test("a lock that is none, and a folder that is none", async () => {
  writeFileSync(`${setup.path()}.lock`, "something");
  expect(await message(run())).toContain(
    "x.fa.gz.lock: expected the record of a lock, got other text",
  );
  const { download } = await import("../../../src/data/download/download.ts");
  expect(
    await message(download(setup.url(), `${setup.folder()}/none/x`, { client: setup.client() })),
  ).toMatch(/^FileError: .*but there is no folder/);
});
