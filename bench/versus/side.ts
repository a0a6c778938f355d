/** One program under comparison, in a process of its own so that its memory is its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { GdiffError } from "../../src/errors.ts";
import type { StepResult } from "../workloads/workload.ts";
import type { Finished, Opened, Request } from "./protocol.ts";

/** A program under comparison that is not there, or ended before its time. */
export class PeerError extends GdiffError {
  override readonly name = "PeerError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_PEER", 1, message, options);
  }
}

/** What is kept of a program's stderr for the message of its failure. */
const KEPT_STDERR = 2000;

export class Side {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  readonly #failed: Promise<never>;
  #stderr = "";

  /**
   * Starts the program.
   *
   * @param threads told to every library that might take its number from the environment
   */
  constructor(name: string, program: string, args: readonly string[], threads: number) {
    this.name = name;
    const variables = ["OMP", "OPENBLAS", "MKL"].map((each) => [`${each}_NUM_THREADS`, threads]);
    const env = { ...process.env, ...Object.fromEntries(variables), GDIFF_THREADS: `${threads}` };
    this.#child = spawn(program, args, { env, stdio: ["pipe", "pipe", "pipe"] });
    const { stdin, stdout, stderr } = this.#child;
    stderr?.on("data", (text: Buffer) => {
      this.#stderr = (this.#stderr + text.toString()).slice(-KEPT_STDERR);
    });
    stdin?.on("error", () => {}); // its end says more
    if (stdout === null) throw new RangeError("internal: expected a pipe from a child's stdout");
    this.#answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
    this.#failed = new Promise((_, reject) => {
      this.#child.on("error", (error) => reject(this.#failure(error.message, error)));
      this.#child.on("close", (code, signal) =>
        reject(this.#failure(`ended with ${signal ?? code}: ${this.#stderr.trim()}`)),
      );
    });
    this.#failed.catch(() => {}); // reported by the request that waits for it
  }

  open(request: Extract<Request, { readonly open: unknown }>): Promise<Opened> {
    return this.#ask(request) as Promise<Opened>;
  }

  step(index: number): Promise<StepResult> {
    return this.#ask({ step: index }) as Promise<StepResult>;
  }

  finish(): Promise<Finished> {
    return this.#ask({ finish: true }) as Promise<Finished>;
  }

  /** Ends the program, whatever it does. */
  stop(): void {
    this.#child.kill("SIGKILL");
  }

  async #ask(request: Request): Promise<unknown> {
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
    const next = await Promise.race([this.#answers.next(), this.#failed]);
    // At the end of stdout the exit follows, and says why.
    return next.done === true ? this.#failed : JSON.parse(next.value);
  }

  #failure(what: string, cause?: Error): PeerError {
    return new PeerError(`expected ${this.name} to answer, but it ${what}`, { cause });
  }
}
