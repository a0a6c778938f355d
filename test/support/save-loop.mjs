/**
 * A run that saves a checkpoint at every step until `lastStep`, as training does: lock, resume, log, save, prune.
 * It is killed at random moments by test/train/checkpoint/kill.test.ts, and imports what `npm run build` made.
 * Arguments: run folder, last step, and "wait" to stop in the middle of the first save until it is killed.
 * Prints `resumed N`, `saving N` where it waits, and `saved N` after each checkpoint.
 */

import { writeSync } from "node:fs";
import { join } from "node:path";
import { pruneCheckpoints } from "../../dist/src/train/checkpoint/prune-checkpoints.js";
import { readNewestCheckpoint } from "../../dist/src/train/checkpoint/read-newest-checkpoint.js";
import { writeCheckpoint } from "../../dist/src/train/checkpoint/write-checkpoint.js";
import { lockRunFolder } from "../../dist/src/train/run-folder/lock-run-folder.js";
import { openMetricsLog } from "../../dist/src/train/run-folder/open-metrics-log.js";

const [runFolder, lastStepText, wait] = process.argv.slice(2);
const lastStep = Number(lastStepText);

const lock = await lockRunFolder(runFolder);
const { checkpoint, skipped } = await readNewestCheckpoint(runFolder);
if (skipped.length > 0)
  throw new Error(`a kill left a broken checkpoint: ${JSON.stringify(skipped)}`);
const start = checkpoint?.step ?? 0;
if (checkpoint !== undefined) expectContentOf(checkpoint);
const log = await openMetricsLog(join(runFolder, "metrics.jsonl"), { resumeAfterStep: start });
console.log(`resumed ${start}`);
for (let step = start + 1; step <= lastStep; step++) {
  log.append({ step, loss: 1 / step });
  await writeCheckpoint(runFolder, step, filesOf(step), { gdiffVersion: "0.0.0" });
  console.log(`saved ${step}`);
  await pruneCheckpoints(runFolder, 2);
}
log.close();
await lock.release();

/** Content that is hashed when it is first asked for and written when it is asked for again. */
function filesOf(step) {
  const files = contentOf(step);
  if (wait !== "wait") return files;
  let timesAsked = 0;
  const { "optimizer.safetensors": content } = files;
  return Object.defineProperty(files, "optimizer.safetensors", {
    enumerable: true,
    get: () => {
      timesAsked++;
      if (timesAsked === 2) {
        writeSync(1, `saving ${step}\n`);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
      }
      return content;
    },
  });
}

/** Files whose every byte follows from the step (a linear congruential generator). */
function contentOf(step) {
  const weights = new Uint8Array(20_000 + step);
  let state = step;
  for (let i = 0; i < weights.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    weights[i] = state >>> 24;
  }
  return {
    "model.safetensors": weights,
    "optimizer.safetensors": weights.slice().reverse(),
    "state.json": new TextEncoder().encode(JSON.stringify({ step })),
  };
}

function expectContentOf({ step, files }) {
  const expected = contentOf(step);
  const names = Object.keys(expected);
  const isEqual =
    Object.keys(files).length === names.length &&
    names.every((name) => Buffer.compare(files[name], expected[name]) === 0);
  if (!isEqual) throw new Error(`the checkpoint of step ${step} has other content than was saved`);
}
