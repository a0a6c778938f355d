/**
 * The house in one table: who may import whom. `npm run ranks` writes biome.json from it;
 * `node scripts/ranks.mjs --print` shows what it would write.
 *
 * A file imports its own folder and places of lower rank, by the shortest relative path. All else is refused by
 * default, so that a new folder, a folder import or a crooked path cannot slip through.
 * Biome matches the text of an import, never the resolved file: hence one override for each depth of file.
 */

import { writeFileSync } from "node:fs";
import { posix } from "node:path";

/**
 * `clean` places run in a browser: no `node:`, no packages, imports from other clean places only.
 * Their files named node-*.ts are exempt, and no clean file imports one. `leaves` may be imported by clean places
 * though some of them touch files: a test bundles src/core.ts and finds one that leaks in.
 */
const HOUSE = [
  { path: "src/errors.ts", rank: 0, clean: true },
  { path: "src/util", rank: 0, leaves: true },
  { path: "src/random", rank: 1, clean: true },
  { path: "src/config", rank: 1 },
  { path: "src/genome", rank: 1, clean: true },
  { path: "src/stats", rank: 2, clean: true },
  { path: "src/tokens", rank: 2, clean: true },
  { path: "src/tensor", rank: 2, clean: true },
  { path: "data/manifests", rank: 2 },
  { path: "src/data", rank: 3 },
  { path: "src/ops", rank: 3, clean: true },
  { path: "src/backends", rank: 3, tensorflow: true },
  { path: "src/diffusion", rank: 4, clean: true },
  { path: "src/model", rank: 4, clean: true },
  { path: "src/train", rank: 5 },
  { path: "src/sampling", rank: 5, clean: true },
  { path: "src/score", rank: 5 },
  { path: "src/benchmark", rank: 5 },
  { path: "src/compare", rank: 5 },
  { path: "src/report", rank: 6 },
  { path: "pipelines", rank: 7 },
  { path: "src/core.ts", rank: 7, clean: true },
  { path: "src/index.ts", rank: 8 },
  { path: "src/cli", rank: 9 },
];

/** Imports nothing, so that everyone may import it, its own rank too. */
const ERRORS = "src/errors.ts";
/** The one file that imports TensorFlow.js; backends also import its backend packages. */
const TENSORFLOW_DOOR = "src/tensor/tf.ts";
const TENSORFLOW = "@tensorflow/**";
/** gdiff by its own name, from inside, would go around the ranks. */
const SELF = ["gdiff", "gdiff/**"];
/** Folders inside a place, at most; files deeper than this meet the override that refuses every import. */
const DEPTH = 2;

const NODE_GLOBALS = {
  process: "does not exist in a browser: take what is needed as an argument",
  Buffer: "does not exist in a browser: use Uint8Array and TextDecoder",
};

const isFile = (place) => place.path.endsWith(".ts");
const shortName = (place) => place.path.replace(/^src\//, "");

/** Places that a file of `place` may import; a clean file only clean ones. */
function allowedPlaces(place, isClean) {
  return HOUSE.filter(
    (other) =>
      (other.rank < place.rank || (other.path === ERRORS && place.path !== ERRORS)) &&
      (other.clean || other.leaves || !isClean),
  );
}

/** gitignore-like patterns, the last that matches decides: what a file `depth` folders inside `place` may not import. */
function refusedImports(place, depth, isClean) {
  const own = isFile(place) ? posix.dirname(place.path) : place.path;
  const from = posix.join(own, ...Array(depth).fill("x"));
  const within = [...Array(depth).keys()].flatMap((level) => {
    const up = Array(level + 1)
      .fill("..")
      .join("/");
    return [`!${up}/**`, `${up}/**/../**`];
  });
  const above = Array(depth + 1)
    .fill("..")
    .join("/");
  const places = allowedPlaces(place, isClean).flatMap((other) => {
    const path = posix.relative(from, other.path);
    const text = path.startsWith(".") ? path : `./${path}`;
    return isFile(other) ? [`!${text}`] : [`!${text}/**`, `${text}/**/../**`];
  });
  return [
    ...(isClean ? ["**"] : ["./**", "../**", ".", "..", "/**", TENSORFLOW, ...SELF]),
    ...(isFile(place) ? [] : ["!./**", "./**/../**", ...within, above, `${above}/`]),
    ...places,
    ...(isClean ? ["**/node-*"] : []),
    ...(place.tensorflow || place.path === TENSORFLOW_DOOR ? [`!${TENSORFLOW}`] : []),
  ];
}

function override(includes, group, message, isClean) {
  const style = {
    noRestrictedImports: { level: "error", options: { patterns: [{ group, message }] } },
    noRestrictedGlobals: isClean
      ? { level: "error", options: { deniedGlobals: NODE_GLOBALS } }
      : "off",
  };
  return { includes, linter: { rules: { style } } };
}

function placeOverrides(place) {
  const depths = isFile(place) ? [0] : [...Array(DEPTH + 1).keys()];
  return depths.flatMap((depth) => {
    const folder = [place.path, ...Array(depth).fill("*")].join("/");
    const one = (file, isClean) => {
      const names = allowedPlaces(place, isClean).map(shortName).join(", ") || "nothing";
      const kind = isClean ? `rank ${place.rank}, runs in a browser` : `rank ${place.rank}`;
      const message = `${place.path} (${kind}) imports only itself and: ${names}. See README, "How it is built".`;
      return override([file], refusedImports(place, depth, isClean), message, isClean);
    };
    if (isFile(place)) return [one(place.path, place.clean === true)];
    if (!place.clean) return [one(`${folder}/*`, false)];
    return [one(`${folder}/*`, true), one(`${folder}/node-*.ts`, false)];
  });
}

function tensorflowDoor() {
  const place = HOUSE.find((row) => row.path === posix.dirname(TENSORFLOW_DOOR));
  const group = [...refusedImports(place, 0, true), `!${TENSORFLOW}`];
  return override([TENSORFLOW_DOOR], group, `${TENSORFLOW_DOOR} imports TensorFlow.js only.`, true);
}

const everywhere = {
  root: true,
  files: {
    includes: [
      "src/**",
      "pipelines/**",
      "test/**",
      "bench/**",
      "scripts/**",
      "notebooks/**/*.ts",
      "data/manifests/**",
      "*.ts",
      "package.json",
      "knip.json",
      "!test/fixtures",
      "!test/golden",
    ],
  },
  formatter: { indentStyle: "space", indentWidth: 2, lineWidth: 100 },
  javascript: { formatter: { quoteStyle: "double" } },
  linter: {
    rules: {
      preset: "recommended",
      suspicious: { noImportCycles: "error", noExplicitAny: "error" },
      nursery: { noFloatingPromises: "error" },
      style: { noExcessiveLinesPerFile: { level: "error", options: { maxLines: 300 } } },
    },
  },
};

const overrides = [
  { includes: ["biome.json"], formatter: { enabled: false } },
  { includes: ["src/**", "pipelines/**"], plugins: ["./scripts/lint/imports.grit"] },
  override(
    ["src/**", "pipelines/**"],
    ["**"],
    `No row of scripts/ranks.mjs covers this file (or it lies more than ${DEPTH} folders inside its row): it may not import.`,
    false,
  ),
  ...HOUSE.flatMap(placeOverrides),
  tensorflowDoor(),
  override(
    ["notebooks/**"],
    ["**", "!gdiff", "!gdiff/**", "!./**"],
    "Notebooks import only gdiff.",
    false,
  ),
];

/** One line an override: a change of the table reads as such in a diff. */
function text() {
  const head = JSON.stringify(everywhere, null, 2).replace(/\n}$/, "");
  const lines = overrides.map((one) => `    ${JSON.stringify(one)}`).join(",\n");
  return `${head},\n  "overrides": [\n${lines}\n  ]\n}\n`;
}

if (process.argv.includes("--print")) process.stdout.write(text());
else writeFileSync(new URL("../biome.json", import.meta.url), text());
