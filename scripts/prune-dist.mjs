// tsc leaves the output of a deleted source behind, and npm pack would publish it.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

for (const path of existsSync(dist) ? readdirSync(dist, { recursive: true }) : []) {
  const output = /^(.+?)(\.d\.ts|\.js)(\.map)?$/.exec(path);
  if (output !== null && !existsSync(join(root, `${output[1]}.ts`))) rmSync(join(dist, path));
}
