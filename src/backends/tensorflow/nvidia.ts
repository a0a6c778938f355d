/** What of NVIDIA's software this machine has, read from files; nothing is loaded. */

import { join } from "node:path";
import { namesIfThere, textIfThere } from "../../util/look.ts";

export interface Nvidia {
  /** Version of the kernel's driver, "550.54.15"; absent without one. */
  readonly driver?: string;
  /** Names of the GPUs, as the driver gives them. */
  readonly gpus: readonly string[];
  /** Files of CUDA's runtime and of cuDNN, with their folders. */
  readonly libraries: readonly string[];
}

const LIBRARIES = /^(libcudart|libcudnn)\.so\.\d/;

/**
 * Looks in the driver's files and in the folders where libraries are found.
 *
 * @param root what `/` is, for tests
 * @param tensorflow folder of a Python package of TensorFlow, beside which CUDA may stand
 */
export function findNvidia(
  env: Readonly<Record<string, string | undefined>>,
  { root = "/", tensorflow }: { readonly root?: string; readonly tensorflow?: string } = {},
): Nvidia {
  const driver = nvidiaDriver(root);
  const folders = [...libraryFolders(env, root), ...wheelFolders(tensorflow)];
  return {
    ...(driver === undefined ? {} : { driver }),
    gpus: nvidiaGpuNames(root),
    libraries: folders.flatMap(cudaFiles),
  };
}

/** Version of the kernel's driver; undefined without one. */
export function nvidiaDriver(root: string = "/"): string | undefined {
  const text = textIfThere(join(root, "proc/driver/nvidia/version")) ?? "";
  return /Kernel Module.*?(\d+\.\d+(?:\.\d+)?)/.exec(text)?.[1];
}

/** Names of the GPUs, in the order in which the driver numbers them. */
export function nvidiaGpuNames(root: string = "/"): string[] {
  return readGpus(join(root, "proc/driver/nvidia/gpus"));
}

/** Where the wheels of NVIDIA's libraries stand that a wheel of TensorFlow asks for. */
function wheelFolders(tensorflow: string | undefined): string[] {
  if (tensorflow === undefined) return [];
  const nvidia = join(tensorflow, "../nvidia");
  return namesIfThere(nvidia).map((name) => join(nvidia, name, "lib"));
}

/** One clause: "driver 550.54.15, NVIDIA H200, /usr/local/cuda/lib64/libcudart.so.12". */
export function describeNvidia({ driver, gpus, libraries }: Nvidia): string {
  return [
    driver === undefined ? "no NVIDIA driver" : `NVIDIA driver ${driver}`,
    ...gpus,
    ...(libraries.length === 0 ? ["no libcudart or libcudnn"] : libraries),
  ].join(", ");
}

function readGpus(folder: string): string[] {
  return namesIfThere(folder).flatMap((gpu) => {
    const name = /^Model:\s*(.+)$/m.exec(textIfThere(join(folder, gpu, "information")) ?? "")?.[1];
    return name === undefined ? [] : [name.trim()];
  });
}

function libraryFolders(env: Readonly<Record<string, string | undefined>>, root: string): string[] {
  const named = (env.LD_LIBRARY_PATH ?? "").split(":").filter((folder) => folder !== "");
  const toolkits = namesIfThere(join(root, "usr/local")).filter((name) => name.startsWith("cuda"));
  const usual = [
    "usr/lib/x86_64-linux-gnu",
    "usr/lib/aarch64-linux-gnu",
    "usr/lib64",
    "usr/lib/wsl/lib",
  ];
  return [
    ...named,
    ...[...toolkits.map((name) => `usr/local/${name}/lib64`), ...usual].map((each) =>
      join(root, each),
    ),
  ];
}

function cudaFiles(folder: string): string[] {
  return namesIfThere(folder)
    .filter((name) => LIBRARIES.test(name))
    .map((name) => join(folder, name));
}
