/** What happens to a GPU: chosen by name, lost, given a program that it refuses. */

import { beforeEach, describe, expect, it } from "vitest";
import { selectBackend } from "../../../src/backends/select-backend.ts";
import type { CountingWebGpuBackend } from "../../../src/backends/webgpu/backend.ts";
import { BackendError } from "../../../src/errors.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { hasWebGpu, webGpuEnvironment } from "../../support/optional-backends.ts";

describe.skipIf(!hasWebGpu)("a device of webgpu", () => {
  beforeEach(() => {
    Object.assign(process.env, webGpuEnvironment);
  });

  it("is chosen by a part of its name, in any case", async () => {
    const { deviceName } = await selectBackend("webgpu");
    const part = (deviceName as string).slice(1, 6).toUpperCase();
    const selected = await selectBackend("webgpu", { device: part });
    expect(selected).toMatchObject({ name: "webgpu", precision: "fp32", deviceName });
    expect(selected.notice).toContain(`backend webgpu (asked for): ${deviceName}`);
  });

  it("is refused by a name that none has, and those that are here are named", async () => {
    const { deviceName } = await selectBackend("webgpu");
    await expect(selectBackend("webgpu", { device: "Voodoo" })).rejects.toThrow(
      new BackendError(
        `expected --device of backend webgpu to be part of one GPU's name, got Voodoo (here are ${deviceName})`,
      ),
    );
  });

  it("that is lost fails what is read from it with a remedy, and another start is a new one", async () => {
    await selectBackend("webgpu");
    const backend = tf.backend() as unknown as CountingWebGpuBackend;
    const product = tf.matMul(tf.ones([8, 8]), tf.ones([8, 8]));
    const read = product.data();
    backend.device.destroy();
    await expect(read).rejects.toThrow(
      /^the GPU was lost while it computed: .+ \(a run goes on from its last checkpoint with --resume, on another device with --backend native or wasm\)$/,
    );
    await selectBackend("webgpu");
    expect((await tf.matMul(tf.ones([2, 3]), tf.ones([3, 1])).data())[0]).toBe(3);
  });

  it("that refuses a program gives no results any more", async () => {
    await selectBackend("webgpu");
    // More tensors than a program may bind: WebGPU says so in an event, and leaves zeros.
    const sum = tf.addN(Array.from({ length: 64 }, () => tf.ones([3])));
    await expect(sum.data()).rejects.toThrow(
      /^the GPU refused a program, so what it computed since is worthless: .*storage buffers \(65\)/,
    );
  });
});
