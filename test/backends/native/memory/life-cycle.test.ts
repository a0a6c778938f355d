import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { NativeBackend } from "../../../../src/backends/native/backend.ts";
import { startNative } from "../../../../src/backends/native/start.ts";
import { BackendError } from "../../../../src/errors.ts";
import { tf } from "../../../../src/tensor/tf.ts";
import { binding } from "../support.ts";
import { POOLED, usePoisonedNative } from "./poisoned.ts";

const isLinux = process.platform === "linux";
const mappings = (): number => readFileSync("/proc/self/maps", "utf8").split("\n").length;

async function startAnew(): Promise<NativeBackend> {
  tf.removeBackend("native");
  const backend = new NativeBackend(binding, "fp32");
  tf.registerBackend("native", () => backend);
  await tf.setBackend("native");
  return backend;
}

beforeAll(() => startNative("fp32"));

it("1,000 backends that come and go leave nothing", async () => {
  const data = new Float32Array(32 * 1024); // 128 KiB
  const use = async (): Promise<void> => {
    await startAnew();
    const x = tf.tensor(data, [32, 1024]); // that nobody disposes
    tf.tidy(() =>
      tf
        .square(tf.slice(x, 0, 1))
        .sum()
        .dataSync(),
    );
  };
  for (let i = 0; i < 20; i++) await use();
  const before = {
    taken: binding.memoryTaken(),
    rss: process.memoryUsage.rss(),
    maps: isLinux ? mappings() : 0,
  };
  for (let i = 0; i < 1000; i++) await use();
  expect(binding.memoryTaken()).toBe(before.taken);
  expect(process.memoryUsage.rss() - before.rss).toBeLessThan(60 * 2 ** 20); // 1,000 kept ones: 125 MiB
  if (isLinux) expect(mappings() - before.maps).toBeLessThan(200);
});

describe("a backend that was shut down", () => {
  const GONE =
    "expected a tensor of the backend in use, got one of a native backend that was shut down " +
    "(started with another precision, it is a new one): make the tensor again";

  it("refuses to read what was its own, and lets it be disposed", async () => {
    const backend = await startAnew();
    const taken = binding.memoryTaken();
    const x = tf.range(0, POOLED);
    const small = tf.scalar(1);
    await startAnew();
    expect(binding.memoryTaken()).toBeLessThanOrEqual(taken);
    for (const action of [
      () => x.dataSync(),
      () => small.dataSync(),
      () => tf.add(x, 1),
      () => backend.floats(x),
      () => backend.output([1]),
    ]) {
      expect(action).toThrow(BackendError);
      expect(action).toThrow(GONE);
    }
    await expect(x.data()).rejects.toThrow(GONE);
    tf.dispose([x, small]);
    expect(tf.range(0, 3).dataSync()[2]).toBe(2);
  });
});

describe("what a backend says of itself", () => {
  it("is that it counts all its memory, and computes in 32 bits", async () => {
    const backend = await startAnew();
    expect([backend.floatPrecision(), backend.epsilon()]).toEqual([32, 1e-7]);
    expect(backend.memory()).toEqual({ unreliable: false, reasons: [], numBytesAllocated: 0 });
    const x = tf.zeros([64, 1024]);
    const y = tf.zeros([3]);
    expect(backend.memory().numBytesAllocated).toBe(4 * 64 * 1024 + 12);
    expect(tf.memory().unreliable).toBe(false);
    tf.dispose([x, y]);
    expect(backend.memory().numBytesAllocated).toBe(4 * 64 * 1024);
    backend.trim();
    expect(backend.memory().numBytesAllocated).toBe(0);
  });

  it("counts kernels by who computes them, and blocks that steps need", async () => {
    const backend = await usePoisonedNative();
    const x = tf.zeros([2 * POOLED]);
    const step = (): void =>
      tf.tidy(() => void tf.reshape(tf.erf(tf.clone(x)), [2, POOLED]).sum(1));
    step();
    backend.resetCounters();
    for (let i = 0; i < 3; i++) step();
    const { nativeCalls, fallbacks, freshBlocks, bytesInUse } = backend.counters;
    expect(nativeCalls.get(tf.Identity)).toBe(3);
    expect(nativeCalls.get(tf.Reshape)).toBeGreaterThanOrEqual(3);
    const erf = [nativeCalls.get(tf.Erf), fallbacks.get(tf.Erf)];
    expect(erf.filter((n) => n === 3)).toHaveLength(1);
    expect([freshBlocks, bytesInUse]).toEqual([0, 4 * 2 * POOLED]);
    x.dispose();
  });
});

describe("the memory of the add-on", () => {
  it("goes back at once, once", () => {
    const taken = binding.memoryTaken();
    const buffer = binding.allocate(3 * 2 ** 21 + 5);
    expect(buffer.byteLength).toBe(3 * 2 ** 21 + 5);
    new Uint8Array(buffer).fill(1);
    expect(binding.memoryTaken() - taken).toBe(3 * 2 ** 21 + 4096);
    binding.release(buffer);
    expect([binding.memoryTaken(), buffer.byteLength]).toEqual([taken, 0]);
    for (const other of [buffer, new ArrayBuffer(8)])
      expect(() => binding.release(other)).toThrow(
        "native release: expected a buffer of allocate(), not yet released, got another one",
      );
  });

  it("of no bytes is a buffer too", () => {
    const buffer = binding.allocate(0);
    expect(buffer.byteLength).toBe(0);
    binding.release(buffer);
  });
});
