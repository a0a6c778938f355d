// Which object files there are, which are older than what they are made of, and how one is made.

import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { CompilerError } from "./compiler.mjs";

/** Returns one job an object: `folder`'s own sources once, those of kernels/ once an instruction set. */
export function compileJobs({ folder, objects, sets, flags, includes }) {
  const has = sets.map(({ name }) => `-DGDIFF_HAS_${name.toUpperCase()}`);
  const once = ["", "api"].flatMap((part) =>
    sourcesIn(join(folder, part)).map((name) => ({
      folder,
      source: join(folder, part, name),
      object: join(objects, objectName(part, name)),
      flags: [...flags, ...includes, ...has],
    })),
  );
  const kernels = sets.flatMap((set) =>
    sourcesIn(join(folder, "kernels")).map((name) => ({
      folder,
      source: join(folder, "kernels", name),
      object: join(objects, objectName(set.name, name)),
      flags: [...flags, ...set.flags, `-DGDIFF_ISA=${set.name}`],
      set: set.name,
    })),
  );
  return [...once, ...kernels];
}

function sourcesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".cc"))
    .sort();
}

function objectName(part, source) {
  return `${part === "" ? "" : `${part}-`}${source.slice(0, -3)}.o`;
}

/** Whether the compiler, the flags or a file that the object was made of is another than then. */
export function isStale({ folder, source, object, flags }, compiler) {
  if (![object, recipeOf(object), dependenciesOf(object)].every((file) => existsSync(file)))
    return true;
  if (readFileSync(recipeOf(object), "utf8") !== recipe(compiler, flags)) return true;
  const made = statSync(object).mtimeMs;
  const files = dependencies(readFileSync(dependenciesOf(object), "utf8"));
  const inFolder = source.slice(folder.length);
  if (!files[0]?.endsWith(inFolder)) return true;
  const folderThen = files[0].slice(0, -inFolder.length);
  return files.some((file) => {
    // A build that came along with a copied checkout is as old as the files of the copy.
    const own = file.startsWith(`${folderThen}/`) ? folder + file.slice(folderThen.length) : file;
    return (statSync(own, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) >= made;
  });
}

/** Compiles one object and puts it in its place when it is whole; returns what the compiler printed. */
export async function compile({ source, object, flags }, compiler) {
  const begun = new Date();
  const partial = `${object}.${process.pid}.tmp`;
  rmSync(recipeOf(object), { force: true });
  try {
    const args = [
      ...flags,
      ...notesOf(object, flags),
      "-MMD",
      "-MF",
      dependenciesOf(object),
      "-c",
      source,
      "-o",
      partial,
    ];
    const output = await compiler.run(args);
    utimesSync(partial, begun, begun); // a source saved meanwhile is newer
    renameSync(partial, object);
    writeFileSync(recipeOf(object), recipe(compiler, flags));
    return output;
  } catch (error) {
    rmSync(partial, { force: true });
    if (!(error instanceof CompilerError)) throw error;
    throw new CompilerError(
      `${error.message} on ${source} (${object.split("/").at(-1)})`,
      error.output,
    );
  }
}

/** A counted object's notes and counts are called as it is, not as the partial one. */
function notesOf(object, flags) {
  if (!flags.includes("--coverage")) return [];
  return ["-dumpdir", `${dirname(object)}/`, "-dumpbase", basename(object)];
}

const recipeOf = (object) => `${object}.recipe`;
const dependenciesOf = (object) => `${object}.d`;
const recipe = (compiler, flags) => JSON.stringify([...compiler.identity, ...flags]);

/** The files behind the colon of a rule as make reads it: a space in a name has a backslash before it. */
function dependencies(rule) {
  const text = rule.slice(rule.search(/:\s/) + 1).replaceAll("\\\n", " ");
  const names = text.match(/(?:\\.|[^\s\\])+/g) ?? [];
  return names.map((name) => name.replaceAll(/\\(.)/g, "$1").replaceAll("$$", "$"));
}
