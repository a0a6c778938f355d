import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** These run dist/: the command, worker threads (Node 20 cannot start one from TypeScript), the package. */
const BUILT = ["test/**/*.built.test.ts", "test/pack.test.ts"];

/** These are about the native engine alone. */
const NATIVE = ["test/backends/native/**"];
const { GDIFF_NATIVE } = process.env;
const hasNative =
  GDIFF_NATIVE !== undefined || existsSync(new URL("native/build/gdiff.node", import.meta.url));
if (!hasNative)
  console.log("skipped: test/backends/native (npm run build:native makes the add-on)");

const shared = { pool: "forks", testTimeout: 60_000, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    maxWorkers: availableParallelism() + 1, // tests of the command wait for it
    projects: [
      {
        test: {
          ...shared,
          name: "source",
          include: ["test/**/*.test.ts"],
          exclude: hasNative ? BUILT : [...BUILT, ...NATIVE],
        },
      },
      {
        test: {
          ...shared,
          name: "built",
          include: BUILT,
          globalSetup: "test/support/require-fresh-build.ts",
        },
      },
    ],
  },
});
