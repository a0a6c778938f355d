/** Drivers that Vulkan's loader would find on Linux (Vulkan-Loader, LoaderDriverInterface: "Driver Discovery on Linux"). */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns the drivers' JSON files, whether or not they work.
 *
 * @param root what `/` is, for tests
 */
export function findVulkanDrivers(env: Environment, root: string = "/"): string[] {
  const named = env.VK_DRIVER_FILES ?? env.VK_ICD_FILENAMES;
  if (named !== undefined) return named.split(":").filter((file) => existsSync(file));
  return driverFolders(env, root)
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".json"))
        .sort()
        .map((name) => join(folder, name)),
    );
}

function driverFolders({ HOME, XDG_DATA_HOME }: Environment, root: string): string[] {
  const own = XDG_DATA_HOME ?? (HOME === undefined ? undefined : join(HOME, ".local/share"));
  const system = ["etc", "usr/local/share", "usr/share"].map((folder) => join(root, folder));
  return [...(own === undefined ? [] : [own]), ...system].map((each) => join(each, "vulkan/icd.d"));
}
