/** Names of the GPUs that Dawn sees, which WebGPU itself does not tell. */

import type { WebGpuPackages } from "./dawn.ts";

/** Returns each once, as its driver gives it: "NVIDIA H200". */
export async function adapterNames(dawn: WebGpuPackages["dawn"]): Promise<string[]> {
  // Asked for a name that no GPU has, Dawn fails with a list of those that there are.
  const message = await dawn
    .create(["adapter=no GPU has this name"])
    .requestAdapter({ powerPreference: "high-performance" })
    .then(() => "")
    .catch((error: Error) => error.message);
  return [...new Set([...message.matchAll(/name: '(.*)'/g)].map(([, name = ""]) => name))];
}

/** Returns the names that contain `part`, in any case; the one that is `part` where there is one. */
export function namesWith(names: readonly string[], part: string): string[] {
  const exact = names.filter((name) => name.toLowerCase() === part.toLowerCase());
  if (exact.length > 0) return exact;
  return names.filter((name) => name.toLowerCase().includes(part.toLowerCase()));
}

/** Returns the name of a GPU whose WebGPU identifier is `device`: letters and digits, dashes for all others. */
export function nameOfDevice(names: readonly string[], device: string): string | undefined {
  return names.find((name) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-") === device);
}
