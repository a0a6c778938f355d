/** What a GPU tells by itself: that it is lost, or that it did not do what it was told (W3C WebGPU, section 22). */

import { setTimeout } from "node:timers/promises";
import { BackendError } from "../../errors.ts";
import type { GpuDevice } from "./webgpu-types.ts";

/** How long after a failed read the news of a loss may come. */
const NEWS_MS = 200;

export class DeviceFaults {
  readonly #lost: Promise<string>;
  #refusal: Error | undefined;

  constructor(device: GpuDevice) {
    this.#lost = device.lost.then(({ reason, message }) => (message === "" ? reason : message));
    device.addEventListener("uncapturederror", ({ error }) => {
      this.#refusal ??= refusalOf(error);
    });
  }

  /** @throws {BackendError} when the GPU did not do what it was told; what was read since is worthless */
  expectNone(): void {
    if (this.#refusal !== undefined) throw this.#refusal;
  }

  /**
   * Says why a read failed.
   *
   * @throws {BackendError} when the device was lost or refused something; else the error itself
   */
  async explain(error: unknown): Promise<never> {
    this.expectNone();
    const lost = await Promise.race([this.#lost, setTimeout(NEWS_MS, undefined)]);
    if (lost === undefined) throw error;
    throw new BackendError(
      `the GPU was lost while it computed: ${lost} (a run goes on from its last checkpoint with --resume, ` +
        "on another device with --backend native or wasm)",
      { cause: error },
    );
  }
}

function refusalOf(error: { readonly message: string }): BackendError {
  return error.constructor.name === "GPUOutOfMemoryError"
    ? new BackendError(
        `the GPU has too little memory: ${error.message} (use a smaller --batch-size, when training with a larger --accumulate)`,
      )
    : new BackendError(
        `the GPU refused a program, so what it computed since is worthless: ${error.message} ` +
          "(--backend native or wasm does without this GPU)",
      );
}
