// Preloaded by native-coverage.mjs: a test's process that is told to end runs what counts on its end.
process.on("SIGTERM", () => process.exit());
