// How long `gdiff --help` takes beside a yargs program without commands. Run: npm run build && node bench/help-startup.mjs
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROUNDS = 21;
const folder = mkdtempSync(join(tmpdir(), "gdiff-help-"));
const empty = join(folder, "empty.mjs");
const yargs = import.meta.resolve("yargs");
writeFileSync(
  empty,
  `import yargs from ${JSON.stringify(yargs)};\nawait yargs(process.argv.slice(2)).help().parseAsync();\n`,
);

const main = fileURLToPath(new URL("../dist/src/cli/main.js", import.meta.url));
const programs = {
  "empty yargs --help": [empty, "--help"],
  "gdiff --help": [main, "--help"],
  "gdiff pretrain --help": [main, "pretrain", "--help"],
};

function elapsedMs(args) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")} exited with ${status}: ${stderr}`);
  return performance.now() - start;
}

const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, args] of Object.entries(programs)) times[name].push(elapsedMs(args));
}
rmSync(folder, { recursive: true });

const median = (values) => values.toSorted((a, b) => a - b)[(values.length - 1) / 2];
const least = median(times["empty yargs --help"]);
for (const [name, values] of Object.entries(times)) {
  const ms = median(values);
  console.log(`${name.padEnd(22)} ${ms.toFixed(0)} ms  (+${(ms - least).toFixed(0)} ms)`);
}
