/** Which package would provide TensorFlow, and whether its add-on was made. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { findPackage, type OptionalPackage } from "../optional-package.ts";

/** Packages that provide TensorFlow, the one for GPUs first. */
export const TENSORFLOW_PACKAGES = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const;

/** Newest Node-API that the packages' loader looks for; it takes the running Node's own where that is older. */
const NEWEST_NODE_API = 8;

export interface TensorflowPackage extends OptionalPackage {
  readonly name: (typeof TENSORFLOW_PACKAGES)[number];
  /** Where its loader looks for the add-on; the file need not be there. */
  readonly addon: string;
  readonly hasAddon: boolean;
}

/** Returns the installed package, one with an add-on before one without. */
export function findTensorflow(): TensorflowPackage | undefined {
  const found = TENSORFLOW_PACKAGES.flatMap((name) => {
    const installed = findPackage(name);
    return installed === undefined ? [] : [withAddon({ ...installed, name })];
  });
  return found.find(({ hasAddon }) => hasAddon) ?? found[0];
}

function withAddon(found: Omit<TensorflowPackage, "addon" | "hasAddon">): TensorflowPackage {
  const nodeApi = Math.min(Number(process.versions.napi), NEWEST_NODE_API);
  const addon = join(found.folder, "lib", `napi-v${nodeApi}`, "tfjs_binding.node");
  return { ...found, addon, hasAddon: existsSync(addon) };
}

/** Prints how to build the add-on with another libtensorflow. */
export const EXPLAIN = "gdiff doctor --explain tensorflow";

/** What is missing of a package without an add-on, or of none, and the commands that bring it. */
export function whatLacks(found: TensorflowPackage | undefined): string {
  if (found === undefined) {
    const [gpu, processor] = TENSORFLOW_PACKAGES;
    return (
      `looked for ${gpu} and ${processor}, found neither (npm install ${gpu}, for an NVIDIA GPU with CUDA 11.2, or ` +
      `${processor}; ${EXPLAIN} prints how to do with another TensorFlow)`
    );
  }
  return (
    `found ${found.name} ${found.version} without its add-on ${found.addon}, because its install step, which ` +
    `downloads libtensorflow 2.9.1, did not run or failed (npm rebuild ${found.name} runs it again; ` +
    `${EXPLAIN} prints how to build it with a TensorFlow that is here)`
  );
}
