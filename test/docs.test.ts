/** README and docs/: links lead somewhere, and commands and flags are those that gdiff takes. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { COMMANDS, type CommandEntry } from "../src/cli/commands.ts";
import { parseArguments } from "../src/cli/parse-arguments.ts";

const ROOT = join(import.meta.dirname, "..");
const PAGES = [
  "README.md",
  ...readdirSync(join(ROOT, "docs")).map((name) => join("docs", name)),
].map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));

/** Anchors of a page as GitHub makes them. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

/** Shell lines of the code blocks that begin with gdiff, without comments and redirections. */
function commandsOf(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = ""]) => block);
  return blocks
    .flatMap((block) => block.split("\n"))
    .filter((line) => line.startsWith("gdiff "))
    .map((line) => line.replace(/\s+[#>|].*$/, "").slice("gdiff ".length));
}

/** Words like --flag in `code` that is not of another program. */
function flagsOf(text: string): readonly string[] {
  const prose = text.replace(/^```.*?^```/gms, "");
  return [...prose.matchAll(/`([^`]+)`/g)]
    .map(([, code = ""]) => code)
    .filter((code) => !/^(npm|node|bash|samtools|bgzip|bench|CXX|PYTHON)\b/.test(code))
    .flatMap((code) => code.match(/(?<![\w-])--[a-z][a-z0-9-]*/g) ?? []);
}

const EVERYWHERE = ["--help", "--version", "--json", "--debug", "--config", "--set"];

async function knownFlags(entries: readonly CommandEntry[]): Promise<readonly string[]> {
  const flags = entries.map(async (entry) => {
    if ("verbs" in entry) return knownFlags(entry.verbs);
    const { options } = await entry.load();
    return [...options.values()].flatMap(({ flag }) => flag ?? []);
  });
  return [...EVERYWHERE, ...(await Promise.all(flags)).flat()];
}

function linksOf(text: string): readonly string[] {
  return [...text.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, target = ""]) => target);
}

function leadsNowhere(from: string, link: string): boolean {
  const [file = "", anchor] = link.split("#");
  const target = join(ROOT, dirname(from), file);
  if (!existsSync(target)) return true;
  return anchor !== undefined && !anchorsOf(readFileSync(target, "utf8")).includes(anchor);
}

test("README leads to every page", () => {
  const pages = PAGES.map(({ path }) => path).filter((path) => path !== "README.md");
  expect(linksOf(PAGES[0]?.text ?? "")).toEqual(expect.arrayContaining(pages));
});

test.each(PAGES)("$path links to files and headings that are there", ({ path, text }) => {
  expect(linksOf(text).filter((link) => leadsNowhere(path, link))).toEqual([]);
});

test("a link to a heading that is not there leads nowhere", () => {
  expect(leadsNowhere("README.md", "CHANGELOG.md#changelog")).toBe(false);
  expect(leadsNowhere("README.md", "CHANGELOG.md#nothing")).toBe(true);
  expect(leadsNowhere("docs/a.md", "CHANGELOG.md")).toBe(true);
});

const COMMANDS_SHOWN = PAGES.flatMap(({ path, text }) =>
  commandsOf(text).map((line) => ({ path, line })),
);

test.each(COMMANDS_SHOWN)("$path: gdiff takes $line", async ({ line }) => {
  expect(await parseArguments(line.split(/\s+/), 80, COMMANDS)).toHaveProperty("chosen");
});

const known = await knownFlags(COMMANDS);

test.each(PAGES)("$path speaks of no flag that no command has", ({ text }) => {
  expect(flagsOf(text).filter((flag) => !known.includes(flag))).toEqual([]);
});
