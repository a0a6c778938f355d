/** What of NVIDIA's software this machine has, read from files; nothing is loaded. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

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
 */
export function findNvidia(
  env: Readonly<Record<string, string | undefined>>,
  root: string = "/",
): Nvidia {
  const driver = readDriver(join(root, "proc/driver/nvidia/version"));
  return {
    ...(driver === undefined ? {} : { driver }),
    gpus: readGpus(join(root, "proc/driver/nvidia/gpus")),
    libraries: libraryFolders(env, root).flatMap(cudaFiles),
  };
}

/** One clause: "driver 550.54.15, NVIDIA H200, /usr/local/cuda/lib64/libcudart.so.12". */
export function describeNvidia({ driver, gpus, libraries }: Nvidia): string {
  return [
    driver === undefined ? "no NVIDIA driver" : `NVIDIA driver ${driver}`,
    ...gpus,
    ...(libraries.length === 0 ? ["no libcudart or libcudnn"] : libraries),
  ].join(", ");
}

function readDriver(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  return /Kernel Module.*?(\d+\.\d+(?:\.\d+)?)/.exec(readFileSync(file, "utf8"))?.[1];
}

function readGpus(folder: string): string[] {
  return filesOf(folder).flatMap((gpu) => {
    const file = join(folder, gpu, "information");
    const name = existsSync(file) && /^Model:\s*(.+)$/m.exec(readFileSync(file, "utf8"))?.[1];
    return name ? [name.trim()] : [];
  });
}

function libraryFolders(env: Readonly<Record<string, string | undefined>>, root: string): string[] {
  const named = (env.LD_LIBRARY_PATH ?? "").split(":").filter((folder) => folder !== "");
  const toolkits = filesOf(join(root, "usr/local")).filter((name) => name.startsWith("cuda"));
  const usual = ["usr/lib/x86_64-linux-gnu", "usr/lib64"];
  return [
    ...named,
    ...[...toolkits.map((name) => `usr/local/${name}/lib64`), ...usual].map((each) =>
      join(root, each),
    ),
  ];
}

function cudaFiles(folder: string): string[] {
  return filesOf(folder)
    .filter((name) => LIBRARIES.test(name))
    .map((name) => join(folder, name));
}

function filesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
