import { spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { addressedRandom } from "../../../src/random/addressed.ts";
import { readMetrics } from "../../../src/train/run-folder/read-metrics.ts";
import { temporaryRunFolder } from "../../support/run-folders.ts";

const PROGRAM = new URL("../../support/save-loop.mjs", import.meta.url);
const KILLS = 50;
/** A save and prune takes about 10 ms on two cores, so that some kills hit the first one. */
const LATEST_KILL_MS = 60;
/** Every third kill strikes a save that waits for it, so that saves are hit however fast the disk is. */
const SAVE_KILL = 3;
/** Every fifth kill counts from the start of the process, which takes the lock and cuts the log in this time. */
const EARLY_KILL = 5;
const LATEST_EARLY_KILL_MS = 150;

interface Life {
  readonly resumed: number | undefined;
  readonly lastSaved: number | undefined;
  readonly exitCode: number | null;
  readonly stderr: string;
}

interface Death {
  readonly after: "start" | "resumed" | "saving";
  readonly ms: number;
}

/** Runs the loop until its last step, or until it is killed. */
function live(run: string, lastStep: number, death?: Death): Promise<Life> {
  const wait = death?.after === "saving" ? ["wait"] : [];
  const child = spawn(process.execPath, [PROGRAM.pathname, run, String(lastStep), ...wait], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let stdout = "";
  let stderr = "";
  const killLater = (event: Death["after"]): void => {
    if (event === death?.after) setTimeout(() => child.kill("SIGKILL"), death.ms);
  };
  killLater("start");
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (stdout === "") killLater("resumed");
    stdout += text;
    if (/^saving /m.test(stdout)) child.kill("SIGKILL");
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => {
    child.on("close", (exitCode) => {
      const steps = (verb: string): number[] =>
        [...stdout.matchAll(new RegExp(`^${verb} (\\d+)\n`, "gm"))].map((match) =>
          Number(match[1]),
        );
      resolve({
        resumed: steps("resumed").at(0),
        lastSaved: steps("saved").at(-1),
        exitCode,
        stderr,
      });
    });
  });
}

describe("a run that is killed again and again", () => {
  it(`resumes after each of ${KILLS} kills where it was, with what it had saved, and leaves no litter`, async () => {
    const run = temporaryRunFolder();
    mkdirSync(join(run, "checkpoints"));
    const random = addressedRandom(20260102, "window");
    let completed = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const isEarly = kill % EARLY_KILL === 0;
      const ms = random.uniform(kill) * (isEarly ? LATEST_EARLY_KILL_MS : LATEST_KILL_MS);
      const isInSave = !isEarly && kill % SAVE_KILL === 0;
      const after = isEarly ? "start" : isInSave ? "saving" : "resumed";
      const life = await live(run, 1e9, { after, ms });
      expect(life.stderr).toBe("");
      if (isEarly && life.resumed === undefined) continue;
      // One save may have been completed that was not reported any more.
      expect([completed, completed + 1]).toContain(life.resumed);
      completed = life.lastSaved ?? life.resumed ?? 0;
      const names = readdirSync(join(run, "checkpoints"), { withFileTypes: true }).map(
        ({ name }) => name,
      );
      const temporary = names.filter((name) => name.startsWith("."));
      if (isInSave) expect(temporary.length).toBeGreaterThan(0);
      expect(temporary.length).toBeLessThanOrEqual(2); // a save clears what earlier lives left
      expect(names.length).toBeLessThanOrEqual(10);
    }
    const lastStep = completed + 3;
    expect(await live(run, lastStep)).toMatchObject({
      exitCode: 0,
      stderr: "",
      lastSaved: lastStep,
    });
    expect(readdirSync(run).sort()).toEqual(["checkpoints", "metrics.jsonl"]);
    expect(readdirSync(join(run, "checkpoints")).sort()).toEqual(
      [`step-${lastStep - 1}`, `step-${lastStep}`].sort(),
    );
    const expected = Array.from({ length: lastStep }, (_, i) => ({
      step: i + 1,
      loss: 1 / (i + 1),
    }));
    expect(await readMetrics(join(run, "metrics.jsonl"))).toEqual(expected);
  });
});
