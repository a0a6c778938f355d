/** One command: its options, its examples, and how a configuration runs. */

import type { PipelineIo } from "../../pipelines/io.ts";
import type { ConfigLayer } from "../config/layer.ts";
import { type FlatOptions, flattenOptions, type OptionTable } from "../config/option-table.ts";

export interface CommandSpec<C> {
  readonly options: OptionTable<C>;
  /** Command lines with what they do. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** Checks and completes what the layers say; the last layer is on top. */
  resolve(layers: readonly ConfigLayer[]): C | Promise<C>;
  /** Imports the pipeline and runs it; returns the summary that `--json` prints. */
  run(config: C, io: PipelineIo, output: OutputKind): Promise<unknown>;
}

/** What stdout carries: the pipeline's own text, or its summary as one line of JSON. */
type OutputKind = "text" | "json";

/** A command whose configuration's type is behind it. */
export interface Command {
  readonly options: FlatOptions;
  readonly examples: CommandSpec<unknown>["examples"];
  run(layers: readonly ConfigLayer[], io: PipelineIo, output: OutputKind): Promise<unknown>;
}

/** Returns the command of a spec. */
export function defineCommand<C>(spec: CommandSpec<C>): Command {
  return {
    options: flattenOptions(spec.options),
    examples: spec.examples,
    run: async (layers, io, output) => spec.run(await spec.resolve(layers), io, output),
  };
}
