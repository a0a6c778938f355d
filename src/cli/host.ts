/** What the command touches of its process, as arguments; main.ts alone fills it in from the real one. */

import type { Readable, Writable } from "node:stream";

export interface Host {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where signals and errors that nobody caught arrive. */
  readonly process: EventSource;
  readonly exit: (code: number) => never;
}

export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

export type EventSource = Pick<NodeJS.EventEmitter, "on" | "off">;
