/** The commands by name; what they need is imported when one is chosen, so that `gdiff --help` stays quick. */

import type { Command } from "./command.ts";

/** A name that the command line may begin with: of a command, or of a group of them, `gdiff data VERB`. */
export type CommandEntry = SingleEntry | GroupEntry;

interface NamedEntry {
  readonly name: string;
  readonly summary: string;
}

interface SingleEntry extends NamedEntry {
  /** Keys and names of its arguments, if it takes any; those that may be left out come last. */
  readonly positionals?: readonly Positional[];
  readonly load: () => Promise<Command>;
}

export interface Positional {
  readonly key: string;
  readonly placeholder: string;
  readonly isOptional?: true;
}

export interface GroupEntry extends NamedEntry {
  readonly verbs: readonly CommandEntry[];
}

/** Names that may stand in one place of the command line. */
export interface Level {
  /** What stands before: `["data"]` for the verbs of `gdiff data`. */
  readonly path: readonly string[];
  readonly entries: readonly CommandEntry[];
}

/** A command that the arguments named, with what it loaded. */
export interface Entered {
  readonly entry: SingleEntry;
  readonly command: Command;
}

const RUN = { key: "run", placeholder: "RUN" };
const SEQUENCES = { key: "data.file", placeholder: "FILE", isOptional: true } as const;
const GENOME = { key: "genome", placeholder: "GENOME" };

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
    positionals: [RUN],
    summary: "bits per base of a run on held-out DNA, beside simple baselines",
    load: async () => (await import("./commands/evaluate.ts")).evaluateCommand,
  },
  {
    name: "generate",
    positionals: [RUN],
    summary: "write new sequences, or fill the N of given ones",
    load: async () => (await import("./commands/generate.ts")).generateCommand,
  },
  {
    name: "report",
    positionals: [RUN],
    summary: "a page of a run: curves, bits per base and samples, or a classifier's test",
    load: async () => (await import("./commands/report.ts")).reportCommand,
  },
  {
    name: "finetune",
    positionals: [{ ...RUN, isOptional: true }],
    summary: "train a classifier of sequences, from a pretrained run or from scratch",
    load: async () => (await import("./commands/finetune.ts")).finetuneCommand,
  },
  {
    name: "predict",
    positionals: [RUN, SEQUENCES],
    summary: "classes of sequences, and their probabilities, from a fine-tuned run",
    load: async () => (await import("./commands/predict.ts")).predictCommand,
  },
  {
    name: "embed",
    positionals: [RUN, SEQUENCES],
    summary: "vectors of sequences, or of each base, from a run",
    load: async () => (await import("./commands/embed.ts")).embedCommand,
  },
  {
    name: "compare",
    positionals: [{ key: "generated", placeholder: "GENERATED" }],
    summary: "judge generated sequences beside real ones: composition, k-mers, motifs, memory",
    load: async () => (await import("./commands/compare.ts")).compareCommand,
  },
  {
    name: "benchmark",
    positionals: [{ ...RUN, isOptional: true }],
    summary: "compare models with baselines on labelled sets, over seeds and settings",
    load: async () => (await import("./commands/benchmark.ts")).benchmarkCommand,
  },
  {
    name: "study",
    summary: "compare ways of learning on the same DNA",
    verbs: [
      {
        name: "objectives",
        summary: "train, test and sample objectives alike, over seeds, in one table",
        load: async () => (await import("./commands/study/objectives.ts")).studyObjectivesCommand,
      },
    ],
  },
  {
    name: "data",
    summary: "genomes on this machine: list, look into, check and index them",
    verbs: [
      {
        name: "list",
        summary:
          "the genomes and labelled sets that gdiff knows by name, and where their files are",
        load: async () => (await import("./commands/data/list.ts")).dataListCommand,
      },
      {
        name: "fetch",
        positionals: [GENOME],
        summary: "download a genome or a labelled set, or take a copy; check it, index it",
        load: async () => (await import("./commands/data/fetch.ts")).dataFetchCommand,
      },
      {
        name: "info",
        positionals: [GENOME],
        summary: "what a genome's file holds: contigs, N, soft-masked share, GC",
        load: async () => (await import("./commands/data/info.ts")).dataInfoCommand,
      },
      {
        name: "verify",
        positionals: [GENOME],
        summary: "read a genome's file whole, and check it to the base",
        load: async () => (await import("./commands/data/verify.ts")).dataVerifyCommand,
      },
      {
        name: "index",
        positionals: [GENOME],
        summary: "make a genome's file readable in parts: .fai, .gzi, bgzip for plain gzip",
        load: async () => (await import("./commands/data/index.ts")).dataIndexCommand,
      },
      {
        name: "add",
        positionals: [{ key: "manifest", placeholder: "FILE" }],
        summary: "know another genome by name, from its manifest",
        load: async () => (await import("./commands/data/add.ts")).dataAddCommand,
      },
      {
        name: "audit",
        summary: "what splits share: bases, and copies of windows",
        load: async () => (await import("./commands/data/audit.ts")).dataAuditCommand,
      },
      {
        name: "prepare",
        summary: "write the windows of a training run as token shards",
        load: async () => (await import("./commands/data/prepare.ts")).dataPrepareCommand,
      },
    ],
  },
  {
    name: "doctor",
    summary: "what this machine has, and which backends work on it",
    load: async () => (await import("./commands/doctor.ts")).doctorCommand,
  },
];

/** What the arguments name, as far as they name it: `["data", "list"]`. Flags and what is no name are passed over. */
export function commandPath(
  args: readonly string[],
  commands: readonly CommandEntry[] = COMMANDS,
): readonly string[] {
  for (const [at, arg] of args.entries()) {
    const entry = commands.find(({ name }) => name === arg);
    if (entry === undefined) continue;
    return [arg, ...("verbs" in entry ? commandPath(args.slice(at + 1), entry.verbs) : [])];
  }
  return [];
}
