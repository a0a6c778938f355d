/** What `gdiff doctor` says of the backend `webgpu` before it is started. */

import type { BackendReport } from "../backend-name.ts";
import { findWebGpuPackages, whatLacks } from "./dawn.ts";
import { findVulkanDrivers } from "./vulkan-drivers.ts";

/** Looks for files; loads nothing. */
export function reportWebGpu(): Omit<BackendReport, "name"> {
  const found = findWebGpuPackages();
  const drivers = process.platform === "linux" ? [vulkanLine()] : [];
  const lacks = whatLacks(found);
  if (lacks !== undefined) return { isAvailable: false, reason: lacks, details: drivers };
  const reason = found.map(({ name, version }) => `${name} ${version}`).join(", ");
  return { isAvailable: true, reason, details: drivers };
}

function vulkanLine(): string {
  const drivers = findVulkanDrivers(process.env);
  return drivers.length === 0 ? "no Vulkan driver" : `Vulkan drivers ${drivers.join(", ")}`;
}
