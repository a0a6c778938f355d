/** The program: npm run -s bench -- NAME [flags]. */

import { runBench } from "./main.ts";

process.exitCode = await runBench(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
});
