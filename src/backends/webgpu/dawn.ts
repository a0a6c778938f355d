/** The packages that give Node a GPU: `webgpu` (Dawn) and TensorFlow.js' kernels in WGSL. */

import { BackendError } from "../../errors.ts";
import { firstLine } from "../../util/first-line.ts";
import { findPackage, type OptionalPackage } from "../optional-package.ts";
import type { FreeBuffers } from "./free-buffers.ts";
import type { AdapterInfo, Gpu, GpuDevice } from "./webgpu-types.ts";

export const WEBGPU_PACKAGES = ["webgpu", "@tensorflow/tfjs-backend-webgpu"] as const;

/** What `webgpu` exports. */
interface Dawn {
  create(options: readonly string[]): Gpu;
  readonly globals: object;
}

/** What `@tensorflow/tfjs-backend-webgpu` exports. */
interface Kernels {
  readonly WebGPUBackend: WebGpuBackendClass;
}

/** TensorFlow.js' backend, as far as it is used here. */
export interface WebGpuBackendBase {
  read(dataId: object): Promise<unknown>;
  dispose(): void;
  submitQueue(): void;
  readonly bufferManager: FreeBuffers;
  runWebGPUProgram(program: object, ...rest: unknown[]): unknown;
}

export type WebGpuBackendClass = new (device: GpuDevice, info: AdapterInfo) => WebGpuBackendBase;

export interface WebGpuPackages {
  readonly dawn: Dawn;
  readonly Backend: WebGpuBackendClass;
  readonly found: readonly OptionalPackage[];
}

/** Returns the installed packages, in the order of WEBGPU_PACKAGES; those that are absent are left out. */
export function findWebGpuPackages(): OptionalPackage[] {
  return WEBGPU_PACKAGES.map(findPackage).filter((found) => found !== undefined);
}

/** Which package is missing, and the command that brings it; undefined where none is. */
export function whatLacks(found: readonly OptionalPackage[]): string | undefined {
  if (found.length === WEBGPU_PACKAGES.length) return undefined;
  const here = found.map(({ name, version }) => `only ${name} ${version}`);
  return (
    `looked for ${WEBGPU_PACKAGES.join(" and ")}, found ${here.join() || "neither"} ` +
    `(npm install ${WEBGPU_PACKAGES.join(" ")})`
  );
}

/**
 * Loads both packages; the kernels are registered for the name `webgpu` by that.
 *
 * @throws {BackendError} when one is absent, or has no build for this platform
 */
export async function loadWebGpuPackages(): Promise<WebGpuPackages> {
  const found = findWebGpuPackages();
  const lacks = whatLacks(found);
  if (lacks !== undefined) throw new BackendError(`backend webgpu is not there: ${lacks}`);
  try {
    const dawn: Dawn = await import("webgpu");
    const kernels: Kernels = await import("@tensorflow/tfjs-backend-webgpu");
    return { dawn, Backend: kernels.WebGPUBackend, found };
  } catch (error) {
    throw new BackendError(
      `backend webgpu did not load on ${process.platform} ${process.arch}: ${firstLine(error)} (--backend auto does without)`,
      { cause: error },
    );
  }
}
