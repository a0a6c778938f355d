/** Each file of reference numbers says which program made it from which commit. */

import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { GOLDEN_NAMES, readGolden } from "./support/golden.ts";

interface Provenance {
  readonly repository: string;
  readonly commit: string;
  readonly program: string;
  readonly torch: string;
  readonly dtype: string;
}

const readme = readFileSync(new URL("golden/README.md", import.meta.url), "utf8");

it.each(GOLDEN_NAMES)("%s names its repository, commit and program, as the README does", (name) => {
  const { repository, commit, program, torch, dtype } = readGolden<Provenance>(name);
  expect(commit).toMatch(/^[0-9a-f]{40}$/);
  expect(torch).toMatch(/^\d+\.\d+/);
  expect(dtype).toBe("float64");
  expect(existsSync(new URL(`../${program}`, import.meta.url))).toBe(true);
  const row = readme.split("\n").find((line) => line.startsWith(`| \`${name}.json\``));
  expect(row).toContain(repository.replace("https://github.com/", ""));
  expect(row).toContain(commit.slice(0, 7));
  expect(row).toContain(program.replace("test/golden/", ""));
});
