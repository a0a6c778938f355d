import { expect, it } from "vitest";
import { DeviceFaults } from "../../../src/backends/webgpu/device-faults.ts";
import type { GpuDevice } from "../../../src/backends/webgpu/webgpu-types.ts";

type Listener = Parameters<GpuDevice["addEventListener"]>[1];

/** A device whose loss and errors the test tells. */
function device() {
  const told: { lose?: (message: string) => void; fail?: Listener } = {};
  const lost: GpuDevice["lost"] = new Promise((settle) => {
    told.lose = (message) => settle({ reason: "unknown", message });
  });
  const faults = new DeviceFaults({
    lost,
    destroy: () => {},
    addEventListener: (_type, listener) => {
      told.fail = listener;
    },
  });
  return { faults, told };
}

class GPUOutOfMemoryError extends Error {}

it("says what helps when memory is full", () => {
  const { faults, told } = device();
  faults.expectNone();
  told.fail?.({ error: new GPUOutOfMemoryError("no 2 GiB") });
  expect(() => faults.expectNone()).toThrow(
    "the GPU has too little memory: no 2 GiB (use a smaller --batch-size, when training with a larger --accumulate)",
  );
});

it("keeps to the first refusal", () => {
  const { faults, told } = device();
  told.fail?.({ error: new Error("first") });
  told.fail?.({ error: new Error("second") });
  expect(() => faults.expectNone()).toThrow(
    "the GPU refused a program, so what it computed since is worthless: first (--backend native or wasm does without this GPU)",
  );
});

it("waits a little for the news of a loss that made a read fail", async () => {
  const { faults, told } = device();
  const failed = new Error("AbortError");
  setTimeout(() => told.lose?.("reset"), 50);
  await expect(faults.explain(failed)).rejects.toMatchObject({
    message: expect.stringMatching(/^the GPU was lost while it computed: reset \(/),
    cause: failed,
  });
});

it("leaves another failure as it is", async () => {
  const { faults } = device();
  const failed = new Error("something else");
  await expect(faults.explain(failed)).rejects.toBe(failed);
});
