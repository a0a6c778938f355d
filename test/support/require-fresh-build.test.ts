import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { staleBuild } from "./require-fresh-build.ts";

describe("staleBuild", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "gdiff-build-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const put = (path: string, second: number): void => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
    utimesSync(file, second, second);
  };

  test("accepts outputs as old as their sources, and newer", () => {
    put("src/a.ts", 5);
    put("dist/src/a.js", 5);
    put("pipelines/pretrain/run.ts", 5);
    put("dist/pipelines/pretrain/run.js", 6);
    put("src/declared.d.ts", 7);
    expect(staleBuild(root)).toBeUndefined();
  });

  test("names a source that was never built", () => {
    put("src/cli/main.ts", 5);
    expect(staleBuild(root)).toBe(
      "dist/ has no src/cli/main.ts: run npm run build (npm test does)",
    );
  });

  test("names a source that is newer than its output", () => {
    put("pipelines/pretrain/run.ts", 6);
    put("dist/pipelines/pretrain/run.js", 5);
    expect(staleBuild(root)).toBe(
      "dist/ is older than pipelines/pretrain/run.ts: run npm run build (npm test does)",
    );
  });
});
