/** Chooses the backend that computes. Nothing is chosen by importing. */

import { BackendError } from "../errors.ts";
import { tf } from "../tensor/tf.ts";
import { BACKEND_NAMES, type BackendName } from "./backend-name.ts";
import { TENSORFLOW_PACKAGES } from "./list-backends.ts";
import { startNative } from "./native/start.ts";
import type { Precision } from "./precision.ts";
import { useRegistered } from "./use-registered.ts";
import { startWasm } from "./wasm/start.ts";

export interface SelectedBackend {
  readonly name: BackendName;
  /** What products round their operands to. */
  readonly precision: Precision;
  /** Of the processor; absent where the backend does not say. */
  readonly instructionSet?: string;
  /** One line for the user: which, why, and what was passed over. */
  readonly notice: string;
}

/**
 * Makes `wanted` the backend of all following tensor operations; `auto` takes the fastest that is there.
 *
 * @param precision of products; absent is bf16 where the backend and the processor have it, else fp32
 * @throws {BackendError} when a backend asked for by name is unknown, not there, or has not the precision
 * @throws {ConfigError} when an environment variable asks for what cannot be
 */
export async function selectBackend(
  wanted: string,
  precision?: Precision,
): Promise<SelectedBackend> {
  if (wanted === "auto") return selectFastest(precision);
  const name = BACKEND_NAMES.find((known) => known === wanted);
  if (name === undefined) {
    throw new BackendError(
      `expected --backend to be auto, ${BACKEND_NAMES.join(", ")}, got ${wanted}`,
    );
  }
  const { description, ...arithmetic } = await start(name, precision);
  return { name, ...arithmetic, notice: `backend ${name} (asked for): ${description}` };
}

/** What `auto` tries, fastest first; the last one always starts. */
const AUTOMATIC = ["native", "wasm", "cpu"] as const;

async function selectFastest(precision: Precision | undefined): Promise<SelectedBackend> {
  const passedOver: string[] = [];
  for (const name of AUTOMATIC) {
    try {
      const { description, ...arithmetic } = await start(name, precision);
      const others = passedOver.length === 0 ? "" : `; passed over: ${passedOver.join(", ")}`;
      return { name, ...arithmetic, notice: `backend ${name} (auto): ${description}${others}` };
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      passedOver.push(`${name} (${error.message})`);
    }
  }
  throw new BackendError(`expected a backend to start, got none: ${passedOver.join(", ")}`);
}

/** A backend that computes; the description is one clause. */
type Started = Omit<SelectedBackend, "name" | "notice"> & { readonly description: string };

async function start(name: BackendName, precision: Precision | undefined): Promise<Started> {
  if (name === "native") return startNative(precision);
  if (precision === "bf16") {
    throw new BackendError(
      `expected --precision fp32, the only one of backend ${name}, got bf16 (backend native has both)`,
    );
  }
  return { precision: "fp32", description: await startInFloat32(name) };
}

/** Returns what the backend is. */
async function startInFloat32(name: Exclude<BackendName, "native">): Promise<string> {
  switch (name) {
    case "wasm":
      await startWasm();
      return "one CPU thread, XNNPACK products";
    case "cpu":
      await startCpu();
      return "plain JavaScript, slow";
    case "tensorflow":
      await startTensorflow();
      return "TensorFlow's own kernels";
    case "webgpu":
      throw new BackendError(
        `backend ${name} is not part of this version of gdiff: use --backend auto, native, wasm or cpu`,
      );
    default:
      return name satisfies never;
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
