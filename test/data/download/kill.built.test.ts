/** A download that is killed, wherever it is, ends well when it is started again. */

import { fork } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dice } from "../../genome/fixtures.ts";
import { bytes, downloadFixture, factsOf } from "./download-fixture.ts";

const setup = downloadFixture();
const FACTS = factsOf(bytes);
const PROGRAM = join(import.meta.dirname, "download-program.mjs");
const PIECE = 4_000;

interface Life {
  readonly wasKilled: boolean;
  readonly stdout: string;
}

/** Downloads in a process of its own, which is killed when it has `killAt` bytes, or after `killAfterMs`. */
function live(killAt: number, killAfterMs = 60_000): Promise<Life> {
  const child = fork(PROGRAM, [setup.url(), setup.path(), FACTS.sha256], { stdio: "pipe" });
  const timer = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  let stdout = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.on("message", (done: number) => {
    if (done >= killAt) child.kill("SIGKILL");
  });
  return new Promise((resolve) => {
    child.on("close", (_, signal) => {
      clearTimeout(timer);
      resolve({ wasKilled: signal === "SIGKILL", stdout });
    });
  });
}

test("at any byte, and between them, killed again and again", async () => {
  // Slowly enough that a kill meets it.
  setup.server().always = async ({ response, range, serve }) => {
    if (range === undefined)
      response.writeHead(200, { etag: '"v1"', "content-length": bytes.length });
    else if (range.start >= bytes.length) return serve();
    else {
      const contentRange = `bytes ${range.start}-${bytes.length - 1}/${bytes.length}`;
      response.writeHead(206, { etag: '"v1"', "content-range": contentRange });
    }
    for (let at = range?.start ?? 0; at < bytes.length && !response.destroyed; at += PIECE) {
      response.write(bytes.subarray(at, at + PIECE));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    response.end();
  };
  const roll = dice(3);
  const kills = [1, PIECE, 50_000, 50_000, 120_000, 199_999, bytes.length];
  for (const at of kills) await live(at);
  for (let i = 0; i < 6; i++) await live(Number.POSITIVE_INFINITY, 100 + roll(150));
  const last = await live(Number.POSITIVE_INFINITY);
  expect(last.wasKilled).toBe(false);
  expect(JSON.parse(last.stdout)).toEqual(FACTS);
  setup.expectWhole();
  const ranges = setup.server().log.map(({ range }) => range);
  expect(ranges.filter((range) => range !== undefined).length).toBeGreaterThan(2);
  expect(readdirSync(setup.folder())).toEqual(["x.fa.gz"]);
});
