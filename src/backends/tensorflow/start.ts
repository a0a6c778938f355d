/** Starts the backend of @tensorflow/tfjs-node-gpu or @tensorflow/tfjs-node. */

import { BackendError } from "../../errors.ts";
import { firstLine } from "../../util/first-line.ts";
import { useRegistered } from "../use-registered.ts";
import { EXPLAIN, findTensorflow, type TensorflowPackage, whatLacks } from "./find-tensorflow.ts";
import { noGpu } from "./no-gpu.ts";
import { nvidiaGpuNames } from "./nvidia.ts";
import { countOps, runningBackend } from "./op-runs.ts";
import { firstVisible, setEnvironment } from "./set-environment.ts";
import { restoreUtilFunctions } from "./util-functions.ts";

export interface StartedTensorflow {
  readonly isGpu: boolean;
  /** Of the GPU, as its driver gives it. */
  readonly deviceName?: string;
  /** One clause for the user. */
  readonly description: string;
}

/**
 * Makes `tensorflow` the backend of all following tensor operations.
 *
 * @param device number of a GPU, or "cpu"; absent is the first GPU, and the processor for a package that has no other
 * @throws {BackendError} when no package is there, it does not load, or a package for GPUs finds none
 */
export async function startTensorflow(device?: string): Promise<StartedTensorflow> {
  const found = expectAddon(findTensorflow());
  setEnvironment(device);
  restoreUtilFunctions();
  await load(found);
  await useRegistered("tensorflow");
  const backend = runningBackend();
  countOps(backend);
  const { isUsingGpuDevice: isGpu, binding } = backend;
  if (!isGpu && found.name === "@tensorflow/tfjs-node-gpu" && device !== "cpu") {
    throw new BackendError(noGpu(found, binding.TF_Version));
  }
  const deviceName = isGpu ? nvidiaGpuNames()[firstVisible(process.env) ?? -1] : undefined;
  return {
    isGpu,
    ...(deviceName === undefined ? {} : { deviceName }),
    description:
      `TensorFlow ${binding.TF_Version} on ${isGpu ? (deviceName ?? "a GPU") : "the processor"}, ` +
      `by ${found.name} ${found.version}`,
  };
}

function expectAddon(found: TensorflowPackage | undefined): TensorflowPackage {
  if (found?.hasAddon === true) return found;
  throw new BackendError(`backend tensorflow is not there: ${whatLacks(found)}`);
}

const LOAD: Readonly<Record<TensorflowPackage["name"], () => Promise<unknown>>> = {
  "@tensorflow/tfjs-node-gpu": () => import("@tensorflow/tfjs-node-gpu"),
  "@tensorflow/tfjs-node": () => import("@tensorflow/tfjs-node"),
};

async function load({ name, version, addon }: TensorflowPackage): Promise<void> {
  try {
    await LOAD[name](); // registers itself
  } catch (error) {
    throw new BackendError(
      `backend tensorflow did not load: ${name} ${version} says ${firstLine(error)} (add-on ${addon}; ${EXPLAIN} prints how to ` +
        "build it with a TensorFlow that is here)",
      { cause: error },
    );
  }
}
