// A worker that fills a unit with its number, or does what the task says is to happen at a unit.
import { parentPort, workerData } from "node:worker_threads";
import { fillRing } from "../../../dist/src/data/prefetch/fill-ring.js";
import { FastaError } from "../../../dist/src/errors.js";

const { ring, task } = workerData;

const EVENTS = {
  failure: (unit) => {
    throw new FastaError(`unit ${unit} is damaged`);
  },
  bug: () => {
    throw new TypeError("no such thing");
  },
  exit: () => process.exit(3),
  throw: () =>
    new Promise(() =>
      setImmediate(() => {
        throw new Error("out of the blue");
      }),
    ),
  memory: () => {
    const kept = [];
    for (;;) kept.push(new Array(100_000).fill(kept.length));
  },
  hang: () => new Promise(() => setInterval(() => {}, 1000)),
};

await fillRing(
  ring,
  async (unit, slot) => {
    if (task.slowMs !== undefined)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, task.slowMs * ((unit * 7) % 3));
    if (unit % 4 === 1) await undefined;
    if (unit === task.at) await EVENTS[task.event](unit);
    new Float64Array(slot.buffer, slot.byteOffset, 1)[0] = unit;
    slot.fill(unit % 251, 8);
  },
  (message) => parentPort.postMessage(message),
);
