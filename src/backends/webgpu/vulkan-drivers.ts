/** Drivers that Vulkan's loader would find on Linux (Vulkan-Loader, LoaderDriverInterface: "Driver Discovery on Linux"). */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { namesIfThere } from "../../util/look.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns the drivers' JSON files, whether or not they work.
 *
 * @param root what `/` is, for tests
 */
export function findVulkanDrivers(env: Environment, root: string = "/"): string[] {
  const named = env.VK_DRIVER_FILES ?? env.VK_ICD_FILENAMES;
  if (named !== undefined) return named.split(":").filter((file) => existsSync(file));
  const added = (env.VK_ADD_DRIVER_FILES ?? "").split(":").filter((file) => existsSync(file));
  return [...added, ...driverFolders(env, root).flatMap(driversIn)];
}

function driversIn(folder: string): string[] {
  const names = namesIfThere(folder).filter((name) => name.endsWith(".json"));
  return names.map((name) => join(folder, name));
}

/** In the order of the XDG base directory specification, then the loader's own. */
function driverFolders(env: Environment, root: string): string[] {
  const { HOME: home } = env;
  const under = (path: string): string | undefined =>
    home === undefined ? undefined : join(home, path);
  const listed = (value: string | undefined, otherwise: readonly string[]): string[] =>
    value?.split(":") ?? otherwise.map((folder) => join(root, folder));
  return [
    env.XDG_CONFIG_HOME ?? under(".config"),
    ...listed(env.XDG_CONFIG_DIRS, ["etc/xdg"]),
    join(root, "etc"),
    env.XDG_DATA_HOME ?? under(".local/share"),
    ...listed(env.XDG_DATA_DIRS, ["usr/local/share", "usr/share"]),
  ].flatMap((folder) =>
    folder === undefined || folder === "" ? [] : [join(folder, "vulkan/icd.d")],
  );
}
