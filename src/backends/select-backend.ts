/** Chooses the backend that computes. Nothing is chosen by importing. */

import { BackendError } from "../errors.ts";
import { tf } from "../tensor/tf.ts";
import { BACKEND_NAMES, type BackendName } from "./backend-name.ts";
import { TENSORFLOW_PACKAGES } from "./list-backends.ts";
import { startNative } from "./native/start.ts";
import { useRegistered } from "./use-registered.ts";
import { startWasm } from "./wasm/start.ts";

export interface SelectedBackend {
  readonly name: BackendName;
  /** One line for the user: which, why, and what was passed over. */
  readonly notice: string;
}

/**
 * Makes `wanted` the backend of all following tensor operations; `auto` takes the fastest that is there.
 *
 * @throws {BackendError} when a backend asked for by name is unknown or not there
 */
export async function selectBackend(wanted: string): Promise<SelectedBackend> {
  if (wanted === "auto") return selectFastest();
  const name = BACKEND_NAMES.find((known) => known === wanted);
  if (name === undefined) {
    throw new BackendError(
      `expected --backend to be auto, ${BACKEND_NAMES.join(", ")}, got ${wanted}`,
    );
  }
  await start(name);
  return { name, notice: `backend ${name} (asked for)` };
}

/** What `auto` tries, fastest first; the last one always starts. */
const AUTOMATIC = ["wasm", "cpu"] as const;

async function selectFastest(): Promise<SelectedBackend> {
  const passedOver: string[] = [];
  for (const name of AUTOMATIC) {
    try {
      await start(name);
      const others = passedOver.length === 0 ? "" : `; passed over: ${passedOver.join(", ")}`;
      return { name, notice: `backend ${name} (auto): ${DESCRIPTIONS[name]}${others}` };
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      passedOver.push(`${name} (${error.message})`);
    }
  }
  throw new BackendError(`expected a backend to start, got none: ${passedOver.join(", ")}`);
}

const DESCRIPTIONS = {
  wasm: "one CPU thread, XNNPACK products",
  cpu: "plain JavaScript, slow",
} as const;

async function start(name: BackendName): Promise<void> {
  switch (name) {
    case "wasm":
      return startWasm();
    case "cpu":
      return startCpu();
    case "tensorflow":
      return startTensorflow();
    case "native":
      return startNative();
    case "webgpu":
      throw new BackendError(
        `backend ${name} is not part of this version of gdiff: use --backend auto, wasm or cpu`,
      );
    default:
      name satisfies never;
  }
}

async function startCpu(): Promise<void> {
  await useRegistered("cpu");
  // In Node its first write prints a banner for another package: that write is made here, as in a browser.
  const isNode = tf.env().getBool("IS_NODE");
  tf.env().set("IS_NODE", false);
  tf.scalar(0).dispose();
  tf.env().set("IS_NODE", isNode);
}

async function startTensorflow(): Promise<void> {
  const failures: unknown[] = [];
  for (const load of [
    () => import("@tensorflow/tfjs-node-gpu"),
    () => import("@tensorflow/tfjs-node"),
  ]) {
    try {
      await load(); // registers itself
      return await useRegistered("tensorflow");
    } catch (error) {
      failures.push(error);
    }
  }
  throw new BackendError(
    `backend tensorflow is not there: expected ${TENSORFLOW_PACKAGES.join(" or ")} to load. ` +
      `Install one (npm install ${TENSORFLOW_PACKAGES[0]}; it needs CUDA 11.2 and Node below 23) or use --backend auto`,
    { cause: new AggregateError(failures) },
  );
}
