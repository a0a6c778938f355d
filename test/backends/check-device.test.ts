import { afterEach, beforeAll, expect, it } from "vitest";
import { checkDevice } from "../../src/backends/check-device.ts";
import { measureDevice } from "../../src/backends/measure-device.ts";
import { tf } from "../../src/tensor/tf.ts";
import { useBackend } from "../support/backend.ts";

const original = tf.getKernel("BatchMatMul", "cpu") as tf.KernelConfig;

/** Puts another product in the place of the backend's. */
function replaceProduct(kernelFunc: tf.KernelConfig["kernelFunc"]): void {
  tf.unregisterKernel("BatchMatMul", "cpu");
  tf.registerKernel({ ...original, kernelFunc });
}

beforeAll(() => useBackend("cpu"));
afterEach(() => replaceProduct(original.kernelFunc));

it("finds no fault with a device that computes, and keeps no tensor", async () => {
  const { numTensors } = tf.memory();
  expect(await checkDevice()).toBeUndefined();
  expect(tf.memory().numTensors).toBe(numTensors);
});

it("finds a product that is wrong in one element", async () => {
  replaceProduct((call) => {
    const out = original.kernelFunc(call) as tf.TensorInfo;
    const values = (call.backend as unknown as tf.KernelBackend).readSync(out.dataId);
    (values as Float32Array)[3 * 256 + 7] = 0.5;
    return out;
  });
  expect(await checkDevice()).toMatch(/^a product came out as 0\.5 instead of -?\d+$/);
});

it("finds a device that is slower than a second", async () => {
  replaceProduct((call) => {
    const end = performance.now() + 1_050;
    const out = original.kernelFunc(call);
    while (performance.now() < end);
    return out;
  });
  expect(await checkDevice()).toMatch(
    /^a product of 256 × 256 and a gather took \d+ ms, more than 1000$/,
  );
});

it("measures products and copies, and keeps no tensor", async () => {
  const { numTensors } = tf.memory();
  const { gflops, size, copyBytesPerSecond } = await measureDevice(0.05);
  expect(tf.memory().numTensors).toBe(numTensors);
  expect(Math.log2(size) % 1).toBe(0);
  expect(size).toBeGreaterThanOrEqual(64);
  expect(gflops).toBeGreaterThan(0);
  expect(copyBytesPerSecond).toBeGreaterThan(0);
});
