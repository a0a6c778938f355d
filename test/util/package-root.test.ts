import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { packageRoot, packageVersion } from "../../src/util/package-root.ts";

const ROOT = join(import.meta.dirname, "../..");

test("is the same from the sources and from dist", () => {
  expect(packageRoot()).toBe(ROOT);
  const built = pathToFileURL(join(ROOT, "dist/src/config/package-root.js")).href;
  expect(packageRoot(built)).toBe(ROOT);
  expect(existsSync(join(packageRoot(), "pipelines/pretrain/presets/nano.yaml"))).toBe(true);
});

test("says so when there is no package above", () => {
  const lost = pathToFileURL(join(dirname(ROOT), "gdiff.js")).href;
  expect(() => packageRoot(lost)).toThrow(
    new Error(`internal: expected the package.json of gdiff above ${dirname(ROOT)}`),
  );
});

test("the version is that of package.json", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(packageVersion()).toBe(version);
});
