/** What a pipeline may touch of the outside: two streams, a progress display and the request to stop. */

export interface PipelineIo {
  /** Writes data, and only data; settles when the reader has taken it. */
  readonly stdout: (text: string) => Promise<void>;
  /** Writes one notice; the line comes without its line feed. */
  readonly stderr: (line: string) => void;
  /** A bar on a terminal, a line every few seconds elsewhere. */
  readonly progress: Progress;
  /** Aborts once someone asks the run to stop; its reason is a StopRequest. */
  readonly signal: AbortSignal;
  /** Asks somebody to agree; absent where nobody is there, and what needs agreement must be asked for by a flag. */
  readonly ask?: (question: string) => Promise<boolean>;
}

/** Why `signal` aborted, and what the process exits with once the run has saved what it can resume. */
export interface StopRequest {
  readonly signal: "SIGINT" | "SIGTERM" | "SIGUSR1";
  readonly exitCode: 130 | 75;
}

export interface Progress {
  /** Shows `done` of `total`; `note` is a few words beside it, "loss 1.93". */
  update(done: number, total: number, note: string): void;
  /** Shows the last update for good; a later update starts a new display. */
  finish(): void;
}
