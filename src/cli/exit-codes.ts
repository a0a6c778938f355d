/** What the process exits with, as `gdiff --help` prints it. */

import { EXIT } from "../errors.ts";

const MEANINGS: { readonly [K in keyof typeof EXIT]: string } = {
  done: "done; also when the reader of stdout closes it early",
  failure: "failed: one line says what was expected, what came, and what helps",
  usage: "a flag, argument or configuration that the command does not take",
  corrupt: "damaged or malformed data",
  stoppedResumable: "saved and stopped by SIGTERM, SIGUSR1 or --max-time: --resume goes on",
  interrupted: "stopped by SIGINT, after saving what --resume goes on from",
};

const NAMES = Object.keys(MEANINGS) as readonly (keyof typeof EXIT)[];

/** The lines below the help of every command. */
export const EXIT_CODES_HELP: string = [
  "Exit codes:",
  ...NAMES.map((name) => `  ${String(EXIT[name]).padEnd(4)} ${MEANINGS[name]}`),
  "A second signal stops at once, unsaved: 130 for SIGINT, 143 for SIGTERM.",
].join("\n");
