/** A chosen command from its layers to its output. */

import type { PipelineIo } from "../../pipelines/io.ts";
import { commandLineLayer } from "../config/command-line-layer.ts";
import type { ConfigLayer } from "../config/layer.ts";
import { readYamlLayer } from "../config/yaml-layer.ts";
import { asker } from "./ask.ts";
import type { Host } from "./host.ts";
import { writeOut } from "./output.ts";
import type { Chosen } from "./parse-arguments.ts";
import type { ProgressDisplay } from "./progress.ts";

/**
 * Runs the command. stdout gets the pipeline's data, or under `--json` only its summary as one line.
 *
 * @throws whatever the pipeline throws; nothing is written to stdout under `--json` then
 */
export async function runCommand(
  chosen: Chosen,
  host: Host,
  display: ProgressDisplay,
  signal: AbortSignal,
): Promise<void> {
  const { command, isJson } = chosen;
  const layers = await readLayers(chosen);
  const ask = asker(host, signal);
  const io: PipelineIo = {
    stdout: isJson ? () => Promise.resolve() : (text) => writeOut(host.stdout, text),
    stderr: (line) => display.print(line),
    progress: display,
    signal,
    ...(ask === undefined ? {} : { ask }),
  };
  const summary = await command.run(layers, io, isJson ? "json" : "text");
  display.finish();
  if (isJson) await writeOut(host.stdout, `${JSON.stringify(summary)}\n`);
}

async function readLayers({
  command,
  flags,
  assignments,
  configFile,
}: Chosen): Promise<readonly ConfigLayer[]> {
  const { options } = command;
  const file: ConfigLayer =
    configFile === undefined ? new Map() : await readYamlLayer(configFile, options);
  return [file, commandLineLayer(flags, assignments, options)];
}
