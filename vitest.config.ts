import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** These run dist/: the command, worker threads (Node 20 cannot start one from TypeScript), the package. */
const BUILT = ["test/**/*.built.test.ts", "test/pack.test.ts"];

const shared = { pool: "forks", testTimeout: 60_000, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    maxWorkers: availableParallelism(),
    projects: [
      { test: { ...shared, name: "source", include: ["test/**/*.test.ts"], exclude: BUILT } },
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
