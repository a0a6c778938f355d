/** The devices that can do the arithmetic, in the order `auto` prefers them. */

import type { DeviceSpeed } from "./measure-device.ts";

export const BACKEND_NAMES = ["tensorflow", "webgpu", "native", "wasm", "cpu"] as const;

export type BackendName = (typeof BACKEND_NAMES)[number];

/** What one backend is on this machine. */
export interface BackendReport {
  readonly name: BackendName;
  readonly isAvailable: boolean;
  /** Why it is there or not, in one clause. */
  readonly reason: string;
  readonly device?: string;
  /** More facts, a line each. */
  readonly details?: readonly string[];
  /** Absent where it was not started. */
  readonly speed?: DeviceSpeed;
}
