/** Starts and measures one backend in a process of its own. */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { BackendName } from "./backend-name.ts";
import type { DeviceSpeed } from "./measure-device.ts";

/** What the process found. */
export type Probe =
  | {
      readonly description: string;
      readonly deviceName?: string;
      readonly details: readonly string[];
      readonly speed: DeviceSpeed;
      readonly failure?: never;
    }
  | { readonly failure: string };

/** A GPU newer than its libtensorflow has its kernels compiled when they are first used. */
const PATIENCE_MS = 120_000;

const CHILD = fileURLToPath(new URL("./node-probe-child.js", import.meta.url));

/** Starts `name` elsewhere; what its software prints there is quoted when it ends without an answer. */
export async function probeBackend(
  name: BackendName,
  { device, child = CHILD, patienceMs = PATIENCE_MS }: ProbeSettings = {},
): Promise<Probe> {
  const process_ = fork(child, [name, ...(device === undefined ? [] : [device])], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    timeout: patienceMs,
    killSignal: "SIGKILL",
  });
  const printed: string[] = [];
  process_.stderr?.setEncoding("utf8").on("data", (text: string) => printed.push(text));
  return new Promise((settle, fail) => {
    process_.once("error", fail);
    process_.once("message", (probe) => settle(probe as Probe)); // the child's only message
    process_.once("close", (code, signal) =>
      settle({ failure: ending(code, signal, printed.join("")) }),
    );
  });

  function ending(code: number | null, signal: NodeJS.Signals | null, text: string): string {
    const last = text.trim().split("\n").at(-1) ?? "";
    const how = process_.killed
      ? `did not answer within ${patienceMs / 1_000} s`
      : `ended by ${signal ?? `exit code ${code}`} while it started`;
    return last === "" ? how : `${how}; it printed last: ${last}`;
  }
}

interface ProbeSettings {
  readonly device?: string | undefined;
  /** The program, for tests. */
  readonly child?: string;
  /** How long it may take, in milliseconds. */
  readonly patienceMs?: number;
}
