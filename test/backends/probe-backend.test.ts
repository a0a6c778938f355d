import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { probeBackend } from "../../src/backends/probe-backend.ts";

/** A program in the place of the one that starts backends. */
function child(program: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "gdiff-probe-")), "child.mjs");
  writeFileSync(file, program);
  return file;
}

it("tells the child the backend and the device, and takes its answer", async () => {
  const answers = child("process.send(process.argv.slice(2), () => process.disconnect())");
  expect(await probeBackend("webgpu", { child: answers, device: "NVIDIA" })).toEqual([
    "webgpu",
    "NVIDIA",
  ]);
  expect(await probeBackend("wasm", { child: answers })).toEqual(["wasm"]);
});

it("quotes what a crashing child printed last", async () => {
  const aborts = child('console.error("first"); console.error("no libcudnn"); process.abort()');
  expect(await probeBackend("tensorflow", { child: aborts })).toEqual({
    failure: expect.stringMatching(/^ended by SIGABRT while it started; it printed last: .+/),
  });
  const exits = child('console.error("Could not load libcudnn.so.8"); process.exitCode = 3');
  expect(await probeBackend("tensorflow", { child: exits })).toEqual({
    failure: "ended by exit code 3 while it started; it printed last: Could not load libcudnn.so.8",
  });
});

it("ends a child that never answers", async () => {
  const hangs = child("setInterval(() => {}, 1000)");
  expect(await probeBackend("webgpu", { child: hangs, patienceMs: 500 })).toEqual({
    failure: "did not answer within 0.5 s",
  });
});
