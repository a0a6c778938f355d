import { spawn } from "node:child_process";
import { PeerError } from "../versus/side.ts";

/** Runs a program to its end, what it prints thrown away. @throws {PeerError} when it is not there or fails */
export function runToEnd(
  program: string,
  args: readonly string[],
  stderr: "inherit" | "ignore" = "inherit",
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "ignore", stderr] });
    const fail = (what: string): void =>
      reject(new PeerError(`expected ${program} ${args[0]} to end well, but it ${what}`));
    child.on("error", (error) => fail(error.message));
    child.on("close", (code, signal) =>
      code === 0 ? resolve() : fail(`ended with ${signal ?? code}`),
    );
  });
}
