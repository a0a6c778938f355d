/** How much memory C++ may take. */

import { totalmem } from "node:os";
import type { SystemBinding } from "../../../util/addon/system-binding.ts";

/** Share of the machine's memory, or of what the process is confined to; the rest is JavaScript's and the system's. */
const SHARE = 0.9;

/**
 * Sets the limit of the process unless it has one. Linux promises more memory than there is and ends the process that
 * comes to use it; with a limit, a tensor too many is an error that can be caught.
 */
export function limitMemory(system: Pick<SystemBinding, "memoryLimit" | "setMemoryLimit">): void {
  if (system.memoryLimit() !== 0) return;
  const confined = process.constrainedMemory(); // 0, or more than there is, where nothing confines it
  const most = confined > 0 ? Math.min(totalmem(), confined) : totalmem();
  system.setMemoryLimit(Math.floor(most * SHARE));
}
