/** A program of its own, since the backend greets once a process. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { runProgram } from "../cli/spawn-program.ts";

const DIST = pathToFileURL(join(import.meta.dirname, "../../dist/src/")).href;

it("the cpu backend computes without a word of its own", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gdiff-banner-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, "program.mjs");
  writeFileSync(
    program,
    `import { selectBackend } from "${DIST}backends/select-backend.js";
import { tf } from "${DIST}tensor/tf.js";
await selectBackend("cpu");
process.stdout.write(String(tf.sum(tf.tensor1d([1, 2, 3])).dataSync()[0]) + " " + tf.memory().numTensors);
`,
  );
  expect(await runProgram(program, [])).toEqual({ code: 0, stdout: "6 2", stderr: "" });
});
