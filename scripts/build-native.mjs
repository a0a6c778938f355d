/**
 * Builds the native engine, native/build/gdiff.node, with a C++ compiler and nothing else. Each instruction set's
 * kernels are compiled with their own flags and chosen when the add-on is loaded; what the compiler does not know
 * is left out and named.
 *
 *     node scripts/build-native.mjs [--required] [--sanitize address|undefined|thread]
 *
 * Without a compiler it says in one line what is lost and ends well, unless --required.
 * CXX names the compiler (CXX=false: none).
 */

import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const NATIVE = join(ROOT, "native");

/** Flags of each set of kernels; `portable` is what every processor of the architecture has. */
const INSTRUCTION_SETS = {
  x64: {
    portable: [],
    avx2: ["-mavx2", "-mfma", "-mf16c"],
    avx512: ["-mavx2", "-mfma", "-mf16c", "-mavx512f", "-mavx512bw", "-mavx512dq", "-mavx512vl"],
    avx512bf16: [
      "-mavx2",
      "-mfma",
      "-mf16c",
      "-mavx512f",
      "-mavx512bw",
      "-mavx512dq",
      "-mavx512vl",
      "-mavx512bf16",
    ],
    amx: [
      "-mavx2",
      "-mfma",
      "-mf16c",
      "-mavx512f",
      "-mavx512bw",
      "-mavx512dq",
      "-mavx512vl",
      "-mavx512bf16",
      "-mamx-tile",
      "-mamx-bf16",
    ],
  },
  arm64: { portable: [] },
};

// No -ffast-math: NaN and infinity mean what they mean. Contraction into multiply-adds is wanted everywhere.
const COMMON = [
  "-std=c++17",
  "-O3",
  "-fPIC",
  "-fvisibility=hidden",
  "-ffp-contract=fast",
  "-fno-math-errno",
  "-fno-trapping-math",
  "-Wall",
  "-Wextra",
  "-Werror=return-type",
  "-Wno-psabi",
  "-Wno-ignored-attributes",
  "-DNAPI_VERSION=8",
];

const { values: options } = parseArgs({
  options: { required: { type: "boolean", default: false }, sanitize: { type: "string" } },
});

function main() {
  const compiler = findCompiler();
  if (compiler === undefined) {
    const text =
      "gdiff: no C++ compiler (c++, g++ or clang++; CXX names another), so the backend `native` is not built; `wasm` computes instead, many times slower.";
    process.stderr.write(`${text}\n`);
    process.exitCode = options.required ? 1 : 0;
    return;
  }
  return build(compiler);
}

function findCompiler() {
  const named = process.env.CXX;
  const candidates = named === undefined || named === "" ? ["c++", "g++", "clang++"] : [named];
  return candidates.find(
    (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0,
  );
}

async function build(compiler) {
  const sets = INSTRUCTION_SETS[process.arch] ?? { portable: [] };
  const known = Object.entries(sets).filter(([, flags]) => accepts(compiler, flags));
  const leftOut = Object.keys(sets).filter((name) => !known.some(([one]) => one === name));
  const extra =
    options.sanitize === undefined
      ? []
      : [`-fsanitize=${options.sanitize}`, "-fno-omit-frame-pointer", "-g", "-O1"];
  const folder = join(NATIVE, "build", options.sanitize ?? "");
  mkdirSync(join(folder, "objects"), { recursive: true });
  const include = [`-I${headers()}`];
  const has = known.map(([name]) => `-DGDIFF_HAS_${name.toUpperCase()}`);
  const common = ["", "api"].flatMap((sub) =>
    sources(join(NATIVE, sub)).map((file) => ({
      file,
      object: sub === "" ? "" : `${sub}-`,
      flags: [...COMMON, ...extra, ...include, ...has],
    })),
  );
  const kernels = known.flatMap(([name, flags]) =>
    sources(join(NATIVE, "kernels")).map((file) => ({
      file,
      object: `${name}-`,
      flags: [...COMMON, ...extra, ...flags, `-DGDIFF_ISA=${name}`],
    })),
  );
  const newest = newestHeader();
  const jobs = [...common, ...kernels].map(({ file, object, flags }) => ({
    file,
    flags,
    object: join(folder, "objects", `${object}${file.slice(file.lastIndexOf("/") + 1, -3)}.o`),
  }));
  await runAll(
    jobs.filter((job) => isStale(job, compiler, newest)),
    compiler,
  );
  const output = join(folder, "gdiff.node");
  const link = [
    "-shared",
    ...(process.platform === "darwin"
      ? ["-undefined", "dynamic_lookup"]
      : ["-static-libgcc", "-static-libstdc++", "-pthread"]),
    ...extra,
    ...jobs.map((job) => job.object),
    "-o",
    `${output}.new`,
  ];
  run(compiler, link);
  renameSync(`${output}.new`, output);
  const note =
    leftOut.length === 0 ? "" : ` (left out, unknown to this compiler: ${leftOut.join(", ")})`;
  process.stderr.write(
    `gdiff: native engine built for ${known.map(([name]) => name).join(", ")}${note}\n`,
  );
}

function sources(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".cc"))
    .sort()
    .map((name) => join(folder, name));
}

function headers() {
  return createRequire(import.meta.url)("node-api-headers").include_dir;
}

function newestHeader(folder = NATIVE) {
  return Math.max(
    ...readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith(".h"))
      .map((name) => statSync(join(folder, name)).mtimeMs),
  );
}

/** An object is compiled again when its source, a header, the compiler or the flags changed. */
function isStale({ file, object, flags }, compiler, newest) {
  const recipe = `${object}.flags`;
  if (!existsSync(object) || !existsSync(recipe)) return true;
  if (readFileSync(recipe, "utf8") !== [compiler, ...flags].join(" ")) return true;
  return statSync(object).mtimeMs < Math.max(newest, statSync(file).mtimeMs);
}

function accepts(compiler, flags) {
  const asked = ["-x", "c++", "-std=c++17", ...flags, "-fsyntax-only", "-"];
  return (
    spawnSync(compiler, asked, { input: "int main() {}", stdio: ["pipe", "ignore", "ignore"] })
      .status === 0
  );
}

async function runAll(jobs, compiler) {
  const waiting = [...jobs];
  const worker = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      await compile(compiler, job);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

function compile(compiler, { file, object, flags }) {
  return new Promise((resolve, reject) => {
    const child = spawn(compiler, [...flags, "-c", file, "-o", object], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code !== 0) return reject(new Error(`${compiler} failed on ${file} (${object})`));
      writeFileSync(`${object}.flags`, [compiler, ...flags].join(" "));
      resolve();
    });
  });
}

function run(program, args) {
  const { status } = spawnSync(program, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(
    `gdiff: the backend \`native\` is not built: ${error.message}; \`wasm\` computes instead.\n`,
  );
  process.exitCode = options.required ? 1 : 0;
}
