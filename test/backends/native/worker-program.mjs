// The native engine in several threads of JavaScript at once. argv[2]: what to do. Prints one JSON line.
import { setTimeout as wait } from "node:timers/promises";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

const dist = new URL("../../../dist/src/", import.meta.url);
const load = (path) => import(new URL(path, dist).href);

const ROWS = 512;
const WIDTH = 257;

async function start() {
  const { startNative } = await load("backends/native/start.js");
  const { loadBinding } = await load("backends/native/load-binding.js");
  await startNative("fp32");
  return loadBinding();
}

/** A few kernels with many tasks each; returns a sum that any lost or mixed-up task would change. */
async function compute(rounds) {
  const binding = await start();
  const { tf } = await load("tensor/tf.js");
  const { runFused } = await load("tensor/fused/run.js");
  const { LAYER_NORM } = await load("tensor/fused/layer-norm.js");
  const x = tf.tensor(
    Float32Array.from({ length: ROWS * WIDTH }, (_, i) => Math.sin(i)),
    [ROWS, WIDTH],
  );
  const gain = tf.ones([WIDTH]);
  const sums = new Set();
  for (let i = 0; i < rounds; i++) {
    if (rounds > 1) binding.setThreads(1 + (i % 4)); // one number for all: each changes it under the others
    tf.tidy(() => {
      const [y] = runFused(LAYER_NORM, { x, gain }, { epsilon: 1e-5 });
      let sum = 0;
      const values = y.dataSync();
      for (let j = 0; j < values.length; j++) sum += values[j] * (j % 17);
      sums.add(sum);
    });
  }
  tf.dispose([x, gain]);
  return [...sums];
}

const inWorker = (task) => new Worker(new URL(import.meta.url), { workerData: task });

const message = (worker) =>
  new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });

const end = (worker) => new Promise((resolve) => worker.once("exit", resolve));

const TASKS = {
  /** Four workers and the main thread at once. */
  together: async () => {
    const alone = await compute(1);
    const workers = Array.from({ length: 4 }, () => inWorker({ rounds: 60 }));
    const answers = workers.map(message);
    const ends = workers.map(end);
    const own = await compute(60);
    const theirs = await Promise.all(answers);
    return {
      same: [own, ...theirs].every((sums) => sums.join() === alone.join()),
      ends: await Promise.all(ends),
    };
  },
  /** Workers that are stopped while they compute, one after the other. */
  terminate: async () => {
    const binding = await start();
    const alone = await compute(1);
    const before = binding.memoryTaken();
    for (let i = 0; i < 4; i++) {
      const worker = inWorker({ rounds: Number.POSITIVE_INFINITY });
      await message(worker);
      await wait(10 * i);
      const own = i % 2 === 0 ? await compute(3) : alone;
      if (own.join() !== alone.join()) throw new Error("the main thread's results changed");
      await worker.terminate();
    }
    const after = await compute(1);
    return {
      same: after.join() === alone.join(),
      leftMiB: Math.round((binding.memoryTaken() - before) / 2 ** 20),
    };
  },
  /** The engine lives in a worker only, which leaves with its tensors. */
  only: async () => {
    const worker = inWorker({ rounds: 2 });
    const sums = await message(worker);
    return { sums: sums.length, ends: [await end(worker)] };
  },
  /** process.exit while a worker computes. */
  exit: async () => {
    await message(inWorker({ rounds: Number.POSITIVE_INFINITY }));
    await compute(1);
    process.stdout.write('{"exits":true}');
    process.exit(0);
  },
};

if (isMainThread) process.stdout.write(JSON.stringify(await TASKS[process.argv[2]]()));
else {
  const { rounds } = workerData;
  if (rounds === Number.POSITIVE_INFINITY) {
    parentPort.postMessage(await compute(1));
    await compute(rounds);
  } else parentPort.postMessage(await compute(rounds));
}
