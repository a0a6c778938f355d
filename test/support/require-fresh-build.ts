/** Tests of the built command fail at once, with the remedy, when dist/ does not belong to the sources. */

import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const SOURCES = ["src", "pipelines", "bench"];

/** One line on the first source that dist/ lacks or is older than; undefined when dist/ is fresh. */
export function staleBuild(root: string): string | undefined {
  for (const path of SOURCES.flatMap((folder) => sourcesIn(root, folder))) {
    const built = join(root, "dist", path.replace(/\.ts$/, ".js"));
    if (!existsSync(built)) return `dist/ has no ${path}: run npm run build (npm test does)`;
    if (statSync(built).mtimeMs < statSync(join(root, path)).mtimeMs) {
      return `dist/ is older than ${path}: run npm run build (npm test does)`;
    }
  }
  return undefined;
}

function sourcesIn(root: string, folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
    .map((path) => join(folder, path))
    .sort();
}

export default function setup(): void {
  const reason = staleBuild(join(import.meta.dirname, "../.."));
  if (reason !== undefined) throw new Error(reason);
}
