/** Downloads that go on with what an earlier one left. */

import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { RETRY_POLICY } from "../../../src/util/http/retry.ts";
import * as faults from "../../support/http/faults.ts";
import { bytes, downloadFixture, factsOf, file } from "./download-fixture.ts";

const setup = downloadFixture();
const { run, expectWhole, told } = setup;
const FACTS = factsOf(bytes);
const other = bytes.map((byte) => byte ^ 0xff);

describe("a resumed download", () => {
  const interrupt = async (expected = {}): Promise<void> => {
    setup.server().queue.push(faults.cutAfter(70_000));
    const policy = { ...RETRY_POLICY, retries: 0 };
    await expect(run({ expected, policy })).rejects.toThrow("tried once");
    expect(setup.names()).toEqual(expect.arrayContaining(["x.fa.gz.part", "x.fa.gz.part.json"]));
    setup.server().log.length = 0;
  };

  test("reads again what is on the disk, and fetches the rest", async () => {
    await interrupt();
    expect(await run({ expected: FACTS })).toEqual(FACTS);
    expectWhole();
    expect(setup.server().log.map(({ range, sent }) => [range, sent])).toEqual([
      ["bytes=70000-", 130_000],
    ]);
  });

  test.each([
    ["another ETag", { bytes: other, etag: '"v2"' }],
    ["another ETag and length", { bytes: other.subarray(0, 100_000), etag: '"v2"' }],
    ["fewer bytes than the part", { bytes: other.subarray(0, 10), etag: '"v2"' }],
    ["no ETag any more", { bytes: other }],
  ])("of a file that changed to %s is the new file", async (_, next) => {
    await interrupt();
    setup.server().files.set("/x.fa.gz", next);
    expect(await run()).toEqual(factsOf(next.bytes));
    expectWhole(next.bytes);
  });

  test.each([
    ["ignores Range", faults.ignoresRange],
    ["sends another part", faults.otherPart],
    ["sends no Content-Range", faults.contentRange(undefined)],
    ["says another size", faults.contentRange("bytes 70000-199999/300000")],
    ["says 416", faults.status(416)],
    ["sends too much", faults.longBody],
  ])("from a server that now %s is the right file", async (_, fault) => {
    await interrupt();
    setup.server().queue.push(fault);
    expect(await run()).toEqual(FACTS);
    expectWhole();
  });

  test("whose server mixes versions under one ETag is found by its digest, and begun anew once", async () => {
    await interrupt(FACTS);
    setup.server().files.set("/x.fa.gz", { ...file, bytes: other });
    setup.server().queue.push(undefined, ({ response }) => {
      setup.server().files.set("/x.fa.gz", file);
      response.writeHead(503).end();
    });
    expect(await run({ expected: FACTS })).toEqual(FACTS);
    expect(told.some((line) => line.includes("after going on with a part: beginning anew"))).toBe(
      true,
    );
    expectWhole();
  });

  test.each([
    ["whose part was damaged", () => writeFileSync(`${setup.path()}.part`, new Uint8Array(70_000))],
    [
      "whose part is longer than the file",
      () => writeFileSync(`${setup.path()}.part`, new Uint8Array(300_000)),
    ],
    ["whose record is garbled", () => writeFileSync(`${setup.path()}.part.json`, "{")],
    [
      "whose record is of another URL",
      () => writeFileSync(`${setup.path()}.part.json`, '{"url":"https://a.org/","etag":"x"}'),
    ],
    ["whose record has wrong types", () => writeFileSync(`${setup.path()}.part.json`, '{"url":5}')],
  ])("%s is the right file", async (_, damage) => {
    await interrupt(FACTS);
    damage();
    expect(await run({ expected: FACTS })).toEqual(FACTS);
    expectWhole();
  });

  test("of a server without validators goes on only where the digest is known", async () => {
    setup.server().files.set("/x.fa.gz", { bytes });
    await interrupt();
    await run();
    expect(setup.server().log[0]?.range).toBeUndefined();
    await interrupt(FACTS);
    await run({ expected: FACTS });
    expect(setup.server().log[0]?.range).toBe("bytes=70000-");
    expectWhole();
  });
});
