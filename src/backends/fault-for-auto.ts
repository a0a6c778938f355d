/** What `auto` asks of a backend that has started. */

import { checkDevice } from "./check-device.ts";
import type { StartedBackend } from "./start.ts";

/** Returns why `auto` leaves it aside: one for GPUs must have one that passes a check. Undefined where it takes it. */
export async function faultForAuto({ isGpu }: StartedBackend): Promise<string | undefined> {
  if (isGpu === undefined) return undefined;
  return isGpu ? checkDevice() : "no GPU";
}
