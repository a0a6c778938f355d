/** TensorFlow.js' WebGPU backend that counts what ran on the GPU and says when the GPU was lost. */

import { tf } from "../../tensor/tf.ts";
import type { WebGpuBackendBase, WebGpuBackendClass } from "./dawn.ts";
import { DeviceFaults } from "./device-faults.ts";
import { trimFreeBuffers } from "./free-buffers.ts";
import type { OpenDevice } from "./open-device.ts";
import type { GpuDevice } from "./webgpu-types.ts";

/** What is added to TensorFlow.js' backend. */
export interface CountingWebGpuBackend extends WebGpuBackendBase {
  readonly device: GpuDevice;
  /** Programs that the GPU was given, by name. */
  readonly runs: ReadonlyMap<string, number>;
}

/** Makes a backend on an open device; it keeps the device. */
export function makeBackend(
  Base: WebGpuBackendClass,
  { device, info, gpu }: OpenDevice,
): CountingWebGpuBackend {
  const faults = new DeviceFaults(device);
  class Counting extends Base implements CountingWebGpuBackend {
    readonly device: GpuDevice = device;
    readonly gpu: OpenDevice["gpu"] = gpu; // Dawn ends with its instance
    readonly runs: Map<string, number> = new Map<string, number>();

    override dispose(): void {
      super.dispose();
      device.destroy();
    }

    override submitQueue(): void {
      super.submitQueue();
      trimFreeBuffers(this.bufferManager);
    }

    override runWebGPUProgram(program: object, ...rest: unknown[]): unknown {
      const name = "label" in program ? String(program.label) : program.constructor.name;
      this.runs.set(name, (this.runs.get(name) ?? 0) + 1);
      return super.runWebGPUProgram(program, ...rest);
    }

    override async read(dataId: object): Promise<unknown> {
      const values = await super.read(dataId).catch((error: unknown) => faults.explain(error));
      faults.expectNone();
      return values;
    }
  }

  return withGpuInSight(() => new Counting(device, info));
}

/** The constructor looks for `navigator.gpu`, whether there is one, and for nothing of it. */
function withGpuInSight<T>(make: () => T): T {
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { gpu: {} }, configurable: true });
  try {
    return make();
  } finally {
    if (before === undefined) Reflect.deleteProperty(globalThis, "navigator");
    else Object.defineProperty(globalThis, "navigator", before);
  }
}

/** Programs that the GPU was given since it started, by name; undefined where it is not the backend in use. */
export function webGpuRuns(): ReadonlyMap<string, number> | undefined {
  if (tf.getBackend() !== "webgpu") return undefined;
  const backend: unknown = tf.backend();
  return (backend as CountingWebGpuBackend).runs;
}
