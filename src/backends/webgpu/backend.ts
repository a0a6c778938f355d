/** TensorFlow.js' WebGPU backend that counts what ran on the GPU and says when the GPU was lost. */

import { BackendError } from "../../errors.ts";
import { tf } from "../../tensor/tf.ts";
import type { WebGpuBackendBase, WebGpuBackendClass } from "./dawn.ts";
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
  class Counting extends Base implements CountingWebGpuBackend {
    readonly device: GpuDevice = device;
    readonly gpu: OpenDevice["gpu"] = gpu; // Dawn ends with its instance
    readonly runs: Map<string, number> = new Map<string, number>();
    #lost: string | undefined;
    #refused: string | undefined;

    override dispose(): void {
      super.dispose();
      device.destroy();
    }

    noteLost(message: string): void {
      this.#lost ??= message;
    }

    noteRefused(message: string): void {
      this.#refused ??= message;
    }

    override runWebGPUProgram(program: object, ...rest: unknown[]): unknown {
      const name = "label" in program ? String(program.label) : program.constructor.name;
      this.runs.set(name, (this.runs.get(name) ?? 0) + 1);
      return super.runWebGPUProgram(program, ...rest);
    }

    override async read(dataId: object): Promise<unknown> {
      let values: unknown;
      try {
        values = await super.read(dataId);
      } catch (error) {
        await Promise.resolve(); // the news of the loss comes in the same turn
        if (this.#lost === undefined) throw error;
        throw new BackendError(
          `the GPU was lost while it computed: ${this.#lost} (a run goes on from its last checkpoint with --resume; ` +
            "--backend auto chooses anew)",
          { cause: error },
        );
      }
      if (this.#refused === undefined) return values;
      throw new BackendError(
        `the GPU refused a program, so what it computed since is worthless: ${this.#refused} ` +
          "(--backend auto does without this GPU)",
      );
    }
  }

  const backend = withGpuInSight(() => new Counting(device, info));
  void device.lost.then(({ reason, message }) => {
    backend.noteLost(message === "" ? reason : message);
  });
  device.addEventListener("uncapturederror", ({ error }) => backend.noteRefused(error.message));
  return backend;
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
