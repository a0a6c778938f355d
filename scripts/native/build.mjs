// Compiles what changed, checks it, links the add-on, and puts it in its place when it is whole.

import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { EMULATED_TILES, instructionSets } from "./instruction-sets.mjs";
import { compile, compileJobs, isStale } from "./objects.mjs";
import { foreignSymbols } from "./symbols.mjs";

const require = createRequire(import.meta.url);

// No -ffast-math: NaN and infinity mean what they mean. Contraction into multiply-adds is wanted everywhere.
const FLAGS = [
  ...["-std=c++17", "-O3", "-fPIC", "-fvisibility=hidden", "-fvisibility-inlines-hidden"],
  ...["-ffp-contract=fast", "-fno-math-errno", "-fno-trapping-math"],
  ...["-Wall", "-Wextra", "-Werror=return-type", "-Wno-psabi", "-Wno-ignored-attributes"],
  "-DNAPI_VERSION=8",
];

/** Sanitized code is for this machine alone; it stays readable to a debugger. */
const SANITIZED = ["-O1", "-g", "-fno-omit-frame-pointer", "-fno-sanitize-recover=all"];

/** Counts how often each line and function runs; its notes lie beside the objects. */
const COUNTED = ["-O1", "--coverage", "-fprofile-update=atomic"];

/**
 * @param {{ sources: string, output: string, sanitize?: string, coverage?: boolean, emulateTiles: boolean }} what folders
 *     of the sources and of the result, how the code is watched, and whether it is the set `amx` with emulated tile
 *     instructions
 * @param log takes the compiler's warnings
 * @returns what build.json holds, and whether anything had to be done
 */
export async function build(compiler, { sources, output, sanitize, coverage, emulateTiles }, log) {
  const objects = join(output, "objects");
  mkdirSync(objects, { recursive: true });
  const { known, leftOut } = emulateTiles ? EMULATED_TILES : instructionSets(compiler);
  const sanitized = sanitize === undefined ? [] : [...SANITIZED, `-fsanitize=${sanitize}`];
  const extra = [...sanitized, ...(coverage ? COUNTED : [])];
  const flags = [...FLAGS, ...extra, ...(emulateTiles ? ["-DGDIFF_EMULATE_TILES"] : [])];
  const includes = [`-I${require("node-api-headers").include_dir}`];
  const jobs = compileJobs({ folder: sources, objects, sets: known, flags, includes });
  const stale = jobs.filter((job) => isStale(job, compiler));
  const record = {
    compiler: compiler.version,
    command: compiler.name,
    instructionSets: known.map(({ name }) => name),
    leftOut,
    flags,
  };
  const addon = join(output, "gdiff.node");
  if (stale.length === 0 && isLinked(addon, jobs, output, record)) return { record, isFresh: true };

  try {
    await make({ jobs, stale, addon, sets: known, extra }, compiler, log);
  } catch (error) {
    rmSync(addon, { force: true }); // an add-on that its sources do not make any more is worse than none
    throw error;
  }
  writeFileSync(join(output, "build.json"), text(record));
  return { record, isFresh: false };
}

async function make({ jobs, stale, addon, sets, extra }, compiler, log) {
  await inParallel(stale, async (job) => log(await compile(job, compiler)));
  if (extra.length === 0) for (const { name } of sets) expectOwnSymbols(jobs, name);
  const partial = `${addon}.${process.pid}.tmp`;
  const inputs = jobs.map(({ object }) => object);
  log(await compiler.run(["-shared", ...LINK, ...extra, ...inputs, "-o", partial]));
  renameSync(partial, addon);
}

/** The C++ library comes along, so that another distribution's age does not matter. */
const LINK =
  process.platform === "darwin"
    ? ["-undefined", "dynamic_lookup"]
    : [
        "-static-libgcc",
        "-static-libstdc++",
        "-pthread",
        `-Wl,--version-script=${join(import.meta.dirname, "exports.map")}`,
      ];

const text = (record) => `${JSON.stringify(record, undefined, 2)}\n`;

function isLinked(addon, jobs, output, record) {
  const file = join(output, "build.json");
  if (!existsSync(addon) || !existsSync(file) || readFileSync(file, "utf8") !== text(record))
    return false;
  const made = statSync(addon).mtimeMs;
  return jobs.every(({ object }) => statSync(object).mtimeMs <= made);
}

function expectOwnSymbols(jobs, set) {
  const objects = jobs.filter((job) => job.set === set).map(({ object }) => object);
  const found = objects.length === 0 ? [] : (foreignSymbols(objects, set) ?? []);
  if (found.length === 0) return;
  throw new Error(
    `expected the kernels to define nothing that other instruction sets share, but ${found.join("; ")}`,
  );
}

/** Runs `work` on each item, as many at a time as there are processors; the first failure stops the rest. */
async function inParallel(items, work) {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await work(item);
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: availableParallelism() }, worker));
  const failure = results.find(({ status }) => status === "rejected");
  if (failure !== undefined) throw failure.reason;
}
