import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

it("native passes what cpu passes of the tests that TensorFlow.js publishes", () => {
  const script = new URL("../../../scripts/tfjs-core-tests.mjs", import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8" });
  expect(`${stdout}\n${stderr}`).toMatch(/native: 3[0-9]{3} passed, 0 failed/);
  expect(status).toBe(0);
});
