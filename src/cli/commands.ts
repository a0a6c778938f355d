/** The commands by name; what they need is imported when one is chosen, so that `gdiff --help` stays quick. */

import type { Command } from "./command.ts";

export interface CommandEntry {
  readonly name: string;
  /** Key and name of its argument, if it takes one. */
  readonly positional?: { readonly key: string; readonly placeholder: string };
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** A command that the arguments named, with what it loaded. */
export interface Entered {
  readonly entry: CommandEntry;
  readonly command: Command;
}

const RUN = { key: "run", placeholder: "RUN" };

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "demo",
    summary: "pretrain, evaluate and generate on the built-in genome",
    load: async () => (await import("./commands/demo.ts")).demoCommand,
  },
  {
    name: "pretrain",
    summary: "train a masked diffusion model on a genome",
    load: async () => (await import("./commands/pretrain.ts")).pretrainCommand,
  },
  {
    name: "evaluate",
    positional: RUN,
    summary: "bits per base of a run on held-out DNA, beside simple baselines",
    load: async () => (await import("./commands/evaluate.ts")).evaluateCommand,
  },
  {
    name: "generate",
    positional: RUN,
    summary: "write new sequences, or fill the N of given ones",
    load: async () => (await import("./commands/generate.ts")).generateCommand,
  },
  {
    name: "doctor",
    summary: "what this machine has, and which backends work on it",
    load: async () => (await import("./commands/doctor.ts")).doctorCommand,
  },
];
