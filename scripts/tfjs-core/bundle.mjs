/**
 * One module of TensorFlow.js' core, its tests and the native backend. The published tests import without extensions
 * and ask for the package jasmine-core, so Node.js cannot load them as they are; and all must share one core.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";

/** What the bundle exports; the tests register themselves when they are loaded, with the environments set before. */
const entry = (root) => `
export { setTestEnvs } from "@tensorflow/tfjs-core/dist/jasmine_util.js";
export { tf } from "${root}/src/tensor/tf.ts";
export { startNative } from "${root}/src/backends/native/start.ts";
export { NativeBackend } from "${root}/src/backends/native/backend.ts";
export { loadBinding } from "${root}/src/backends/native/load-binding.ts";
export { NATIVE_KERNELS } from "${root}/src/backends/native/kernels/index.ts";
export const loadTests = () => import("@tensorflow/tfjs-core/dist/tests.js");
`;

const union = `
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
export * from "@tensorflow/tfjs-core";
export * from "@tensorflow/tfjs-backend-cpu";
`;

/** Returns the bundle, freshly made in native/build of `root`. */
export async function loadBundle(root) {
  const folder = join(root, "native", "build", "tfjs-core-tests");
  mkdirSync(folder, { recursive: true });
  const [entryPath, unionPath] = [join(folder, "entry.mjs"), join(folder, "tfjs.mjs")];
  writeFileSync(entryPath, entry(root));
  writeFileSync(unionPath, union);
  const outDir = join(folder, "bundle");
  await build({
    configFile: false,
    logLevel: "error",
    root,
    resolve: { alias: [{ find: /^@tensorflow\/tfjs$/, replacement: unionPath }] },
    plugins: [{ name: "without-jasmine-core", transform: withoutJasmine }],
    ssr: { noExternal: true, target: "node" },
    build: {
      ssr: entryPath,
      outDir,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        treeshake: false,
        output: { entryFileNames: "bundle.mjs", chunkFileNames: "[name].mjs" },
      },
    },
  });
  return import(pathToFileURL(join(outDir, "bundle.mjs")).href);
}

function withoutJasmine(code, id) {
  if (!id.endsWith("tfjs-core/dist/jasmine_util.js")) return undefined;
  return code.replace(
    /^const jasmineRequire = .*$/m,
    "const jasmineRequire = { core: () => ({}) };",
  );
}
