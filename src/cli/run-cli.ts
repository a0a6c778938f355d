/** The command from its arguments to its exit code. */

import type { StopRequest } from "../../pipelines/io.ts";
import { EXIT } from "../errors.ts";
import { COMMANDS, type CommandEntry, commandPath } from "./commands.ts";
import type { Host } from "./host.ts";
import { ignoreStreamErrors, writeOut } from "./output.ts";
import { parseArguments } from "./parse-arguments.ts";
import type { StopListener } from "./signals.ts";

/** Runs one command line, writes what there is to say, and returns the exit code once stdout is flushed. */
export async function runCli(
  args: readonly string[],
  host: Host,
  commands: readonly CommandEntry[] = COMMANDS,
): Promise<number> {
  ignoreStreamErrors(host.stdout, host.stderr);
  const debug = args.findLast((arg) => /^--debug(=|$)/.test(arg));
  const isDebug = debug === "--debug" || debug === "--debug=true";
  const command = ["gdiff", ...commandPath(args, commands)].join(" ");
  let stop: StopListener | undefined;
  const loadReport = () => import("./report-error.ts");
  const report = async (error: unknown): Promise<number> => {
    const { errorReport } = await loadReport();
    // Only signals.ts aborts this signal, with a StopRequest.
    const reason = stop?.signal.reason as StopRequest | undefined;
    const { lines, exitCode } = errorReport(error, { command, isDebug, stop: reason });
    for (const line of lines) await writeOut(host.stderr, `${line}\n`).catch(() => {});
    return exitCode;
  };
  const fail = (error: unknown): void => {
    // What fails here must end the process: a rejection would come back to this handler, for ever.
    report(error).then(host.exit, () => host.exit(EXIT.failure));
  };
  host.process.on("uncaughtException", fail);
  host.process.on("unhandledRejection", fail);
  try {
    const parsed = await parseArguments(args, host.stdout.columns ?? 80, commands);
    if ("text" in parsed) {
      await writeOut(host.stdout, parsed.text);
      return EXIT.done;
    }
    await loadReport(); // while it is there: the package may be replaced under a long run
    const { isDrawnOver, progressDisplay } = await import("./progress.ts");
    const { listenForStop } = await import("./signals.ts");
    const { runCommand } = await import("./run-command.ts");
    const display = progressDisplay(host.stderr, isDrawnOver(host), () => performance.now());
    stop = listenForStop(host.process, display.print, host.exit);
    await runCommand(parsed.chosen, host, display, stop.signal).finally(display.finish);
    return EXIT.done;
  } catch (error) {
    return await report(error);
  } finally {
    stop?.close();
  }
}
