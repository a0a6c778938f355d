/**
 * Packs a release for this platform: the add-on as a package of its own, and gdiff with that package among its
 * optional dependencies. The checked-in package.json names none, since a name that is not published breaks `npm ci`.
 *
 *     npm run build && npm run build:native && npm run pack:native -- [--out FOLDER] [--platforms NAMES]
 *
 * --platforms lists every platform that the release has a package for (default: this one), as in
 * linux-x64-gnu,linux-arm64-gnu; each one's package is made on such a machine. Prints the two files' names.
 */

import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";

const ROOT = join(import.meta.dirname, "..");
const BUILD = join(ROOT, "native/build");
const PLATFORM = `${process.platform}-${process.arch}${libcSuffix()}`;

const { values: options } = parseArgs({
  options: {
    out: { type: "string", default: "." },
    platforms: { type: "string", default: PLATFORM },
  },
});

function libcSuffix() {
  if (process.platform !== "linux") return "";
  return "glibcVersionRuntime" in process.report.getReport().header ? "-gnu" : "-musl";
}

const packageName = (platform) => `@gdiff/native-${platform}`;
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));
const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;

/** Runs npm and returns its stdout. */
function npm(cwd, ...args) {
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm ${args[0]} in ${cwd} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Packs a folder; returns the path of the file. */
function pack(folder, out) {
  const [{ filename }] = JSON.parse(
    npm(folder, "pack", "--json", "--ignore-scripts", "--pack-destination", out),
  );
  return join(out, filename);
}

function platformFolder(folder, { version, license, engines }) {
  const addon = join(BUILD, "gdiff.node");
  if (!existsSync(addon)) throw new Error(`expected ${addon}, got none: run npm run build:native`);
  const { leftOut, compiler } = readJson(join(BUILD, "build.json"));
  if (leftOut.length > 0) {
    throw new Error(
      `expected a release to have every instruction set, got a build without ${leftOut.join(", ")}: ` +
        `build with a newer compiler than ${compiler} (CXX names it)`,
    );
  }
  const libc = { "-gnu": ["glibc"], "-musl": ["musl"] }[libcSuffix()];
  mkdirSync(folder);
  writeFileSync(
    join(folder, "package.json"),
    json({
      name: packageName(PLATFORM),
      version,
      description: `The native engine of gdiff, built for ${PLATFORM}`,
      license,
      os: [process.platform],
      cpu: [process.arch],
      ...(libc === undefined ? {} : { libc }),
      engines,
      main: "gdiff.node",
      files: ["gdiff.node", "build.json"],
    }),
  );
  writeFileSync(
    join(folder, "README.md"),
    `# ${packageName(PLATFORM)}

The native engine of [gdiff](https://www.npmjs.com/package/gdiff) ${version}, built for ${PLATFORM} by ${compiler}.
npm installs it with gdiff where it fits; nobody needs to ask for it. Its version must be gdiff's own.
Kernels for every instruction set are in one file and chosen when it is loaded; \`gdiff doctor\` says which.
`,
  );
  for (const file of ["gdiff.node", "build.json"]) cpSync(join(BUILD, file), join(folder, file));
  cpSync(join(ROOT, "LICENSE"), join(folder, "LICENSE"));
}

/** What npm would pack, with another manifest. */
function gdiffFolder(folder, manifest) {
  const [{ files }] = JSON.parse(npm(ROOT, "pack", "--json", "--dry-run", "--ignore-scripts"));
  for (const { path } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(ROOT, path), join(folder, path));
  }
  const { scripts: _checkout, devDependencies: _tools, ...published } = manifest;
  const platforms = options.platforms.split(",").map((name) => name.trim());
  const optionalDependencies = Object.fromEntries(
    platforms.map((name) => [packageName(name), manifest.version]),
  );
  writeFileSync(join(folder, "package.json"), json({ ...published, optionalDependencies }));
}

const out = resolve(options.out);
const work = mkdtempSync(join(tmpdir(), "gdiff-pack-"));
try {
  mkdirSync(out, { recursive: true });
  const manifest = readJson(join(ROOT, "package.json"));
  platformFolder(join(work, "platform"), manifest);
  gdiffFolder(join(work, "gdiff"), manifest);
  for (const folder of ["platform", "gdiff"]) console.log(pack(join(work, folder), out));
} catch (error) {
  console.error(`pack-native: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
