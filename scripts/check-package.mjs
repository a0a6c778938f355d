/**
 * Packs gdiff, installs the package into an empty folder and runs the whole demo there: minutes, hence by hand,
 * before a release. test/pack.test.ts does the short part in every test run.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "gdiff-package-"));

function run(cwd, program, ...args) {
  console.error(`$ ${program} ${args.join(" ")}`);
  const started = performance.now();
  const { status } = spawnSync(program, args, { cwd, stdio: "inherit" });
  console.error(`  ${((performance.now() - started) / 1000).toFixed(1)} s`);
  if (status !== 0) throw new Error(`${program} ${args[0]} exited with ${status}`);
}

try {
  run(root, "npm", "run", "build");
  run(root, "npm", "pack", "--ignore-scripts", "--pack-destination", folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  const packed = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  run(folder, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", `./${packed}`);
  run(folder, "npx", "--no-install", "gdiff", "doctor");
  run(folder, "npx", "--no-install", "gdiff", "demo", "--out", "demo");
  writeFileSync(
    join(folder, "library.js"),
    'import * as gdiff from "gdiff";\nconsole.log(Object.keys(gdiff).length);\n',
  );
  run(folder, process.execPath, "library.js");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
