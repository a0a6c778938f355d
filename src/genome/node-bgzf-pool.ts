/** Threads that decode batches of BGZF blocks. */

import { Worker } from "node:worker_threads";
import { CompressionError } from "../errors.ts";

export interface DecodeWorkerData {
  /** What messages call the file. */
  readonly file: string;
}

/** Whole blocks and room for their text, both in shared memory. */
export interface DecodeRequest {
  readonly blocks: Uint8Array;
  readonly text: Uint8Array;
  /** Byte of the first block in the file. */
  readonly offset: number;
}

/** What a thread says when it has begun. */
export const READY = "ready";

export type DecodeReply = { readonly length: number } | { readonly refusal: string };

interface Job {
  readonly resolve: (length: number) => void;
  readonly reject: (cause: Error) => void;
}

/** One thread; it answers in the order that it is asked. */
class DecodeThread {
  readonly #worker: Worker;
  readonly #jobs: Job[] = [];
  #failure: Error | undefined;
  #isReady = false;
  #isClosing = false;

  constructor(file: string) {
    const workerData: DecodeWorkerData = { file };
    this.#worker = new Worker(new URL("node-bgzf-worker.js", import.meta.url), { workerData });
    this.#worker.unref();
    this.#worker.on("message", (said: DecodeReply | typeof READY) => {
      if (said === READY) this.#isReady = true;
      else this.#answer(said);
    });
    this.#worker.on("error", (cause) => this.#fail(cause));
    this.#worker.on("exit", () => this.#fail(new Error("a thread that decodes BGZF has ended")));
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  get waiting(): number {
    return this.#jobs.length;
  }

  decode(request: DecodeRequest): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure);
      this.#jobs.push({ resolve, reject });
      this.#worker.ref(); // while it works the process waits for it
      this.#worker.postMessage(request);
    });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#worker.ref(); // else the process may end before it has
    await this.#worker.terminate();
  }

  #answer(reply: DecodeReply): void {
    const job = this.#jobs.shift();
    if (this.#jobs.length === 0 && !this.#isClosing) this.#worker.unref();
    if ("length" in reply) job?.resolve(reply.length);
    else job?.reject(new CompressionError(reply.refusal));
  }

  #fail(cause: Error): void {
    this.#failure = cause;
    for (const job of this.#jobs.splice(0)) job.reject(cause);
  }
}

export class BgzfPool {
  readonly #threads: readonly DecodeThread[];

  /** @param file what messages call the file */
  constructor(threads: number, file: string) {
    this.#threads = Array.from({ length: threads }, () => new DecodeThread(file));
  }

  /**
   * Decodes on the thread with the least to do of those that have begun; undefined while none has.
   *
   * @returns the bytes of text
   * @throws {CompressionError} when a block is damaged
   */
  decode(request: DecodeRequest): Promise<number> | undefined {
    const [first, ...others] = this.#threads.filter(({ isReady }) => isReady);
    if (first === undefined) return undefined;
    let chosen = first;
    for (const thread of others) if (thread.waiting < chosen.waiting) chosen = thread;
    return chosen.decode(request);
  }

  /** Stops the threads, what they do included. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}
