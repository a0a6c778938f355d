/** A Python library that reads windows, in a process of its own that takes its own time. */

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { packageRoot } from "../../src/util/package-root.ts";
import { PeerError } from "../versus/side.ts";

export type WindowLibrary = "pysam" | "pyfaidx" | "py2bit" | "twobitreader";

/** The windows of one round, all of one length. */
export interface WindowRequest {
  readonly regions: readonly (readonly [contig: string, start: number])[];
  /** Bases. */
  readonly length: number;
}

export interface WindowAnswer {
  readonly seconds: number;
  /** Of the upper-case bases, one window behind the other. */
  readonly crc32: number;
}

export class WindowPeer {
  readonly #library: WindowLibrary;
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor(python: string, library: WindowLibrary, file: string) {
    this.#library = library;
    const program = join(packageRoot(), "bench/peers/windows.py");
    this.#child = spawn(python, [program, library, file], { stdio: ["pipe", "pipe", "inherit"] });
    const { stdin, stdout } = this.#child;
    if (stdout === null) throw new RangeError("internal: expected a pipe from a child's stdout");
    stdin?.on("error", () => {}); // the end of its stdout says so
    this.#child.on("error", () => {});
    this.#answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  /** @throws {PeerError} when the process has ended: the library is not there, or failed */
  async read(request: WindowRequest): Promise<WindowAnswer> {
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
    const answer = await this.#answers.next();
    if (answer.done !== true) return JSON.parse(answer.value);
    throw new PeerError(
      `expected a Python with ${this.#library} to answer, but it ended (pip install ${this.#library}, and name it: --python FILE)`,
    );
  }

  stop(): void {
    this.#child.kill("SIGKILL");
  }
}
