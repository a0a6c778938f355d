import type { ChildProcess } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { uniforms } from "../support/seeded.ts";
import {
  errorLines,
  gdiff,
  metrics,
  NETWORK,
  outcomeOf,
  pretrain,
  STEPPING,
  signalAt,
  testFolder,
} from "../support/tiny-run.ts";
import { undisturbedRun } from "../support/undisturbed-run.ts";

const folder = testFolder();
const STEPS = 24;
const args = ["--genome", "demo", "--steps", String(STEPS), "--set", "train.validEvery=5"];
const inFolder = (name: string): string => join(folder, name);

const undisturbed = undisturbedRun(inFolder("whole"), STEPS, args);

describe("a run that was stopped and resumed equals one that was not, to the byte", () => {
  test.concurrent.each([
    ["SIGTERM", 75],
    ["SIGUSR1", 75],
    ["SIGINT", 130],
  ] as const)("%s exits with %i and says how to go on", async (signal, code) => {
    const run = inFolder(signal);
    const stopped = await pretrain([...args, "--out", run], signalAt(STEPPING, signal));
    const [last] = readdirSync(join(run, "checkpoints"));
    const step = Number(last?.slice("step-".length));
    expect([stopped.code, stopped.stdout]).toEqual([code, ""]);
    expect(step).toBeGreaterThan(0);
    expect(step).toBeLessThan(STEPS);
    expect(metrics(run)).toHaveLength(step);
    expect(errorLines(stopped)).toEqual([
      `gdiff: E_STOPPED: stopped by ${signal} after step ${step} of ${STEPS}; saved in ${run}/checkpoints/step-${step}; ` +
        `go on with: gdiff pretrain --resume --out ${run}`,
    ]);
    expect(existsSync(join(run, "run.lock"))).toBe(false);

    const resumed = await pretrain(["--resume", "--out", run]);
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).toContain(
      `going on from step ${step} in ${run}/checkpoints/step-${step}\n`,
    );
    expect(outcomeOf(run, STEPS)).toEqual(undisturbed());
  });

  test.concurrent("a stop at every few steps", async () => {
    const run = inFolder("stops");
    let stops = 0;
    for (let code: number | null = 75; code === 75; stops++) {
      const stopping = stops < 3 ? signalAt(STEPPING, "SIGTERM") : undefined;
      ({ code } = await pretrain([...args, "--resume", "--out", run], stopping));
      if (code !== 75) expect(code).toBe(0);
    }
    expect(stops).toBe(4);
    expect(outcomeOf(run, STEPS)).toEqual(undisturbed());
  });

  test.concurrent("a stop in the midst of a step, which is not made then", async () => {
    const shape = [...NETWORK, "--length", "32", "--batch-size", "2", "--accumulate", "100"];
    const long = ["pretrain", ...shape, "--genome", "demo", "--steps", "1"];
    const run = inFolder("midst");
    const stopped = await gdiff([...long, "--out", run], signalAt(/to go: /, "SIGTERM"));
    expect([stopped.code, errorLines(stopped)]).toEqual([
      75,
      [
        expect.stringContaining(
          `stopped by SIGTERM after step 0 of 1; saved in ${run}/checkpoints/step-0;`,
        ),
      ],
    ]);
    const whole = inFolder("midst-whole");
    expect(await gdiff([...long, "--resume", "--out", run])).toMatchObject({ code: 0 });
    expect(await gdiff([...long, "--out", whole])).toMatchObject({ code: 0 });
    expect(outcomeOf(run, 1)).toEqual(outcomeOf(whole, 1));
  });

  test.concurrent("a kill before the first checkpoint begins again at step 0", async () => {
    const run = inFolder("killed");
    const killed = await pretrain([...args, "--out", run], signalAt(STEPPING, "SIGKILL"));
    expect(killed.code).toBeNull();
    const { code, stderr } = await pretrain([...args, "--resume", "--out", run]);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining(`nothing to go on from in ${run}: starting at step 0\n`),
    ]);
    expect(outcomeOf(run, STEPS)).toEqual(undisturbed());
  });
});

/** In two folders at once, so that two cores are busy. 50 kills take a minute, and passed. */
const KILLS = 20;

test(`a run survives ${KILLS} kills at random moments, and ends as if there had been none`, async () => {
  const steps = 160;
  const saving = ["--genome", "demo", "--steps", String(steps), "--set", "train.saveEvery=1"];
  const beginnings = new Set<string>();
  const chains = [1, 2].map(async (seed) => {
    const run = inFolder(`kills-${seed}`);
    const args = [...saving, "--resume", "--out", run];
    for (const [kill, moment] of uniforms(seed, KILLS / 2).entries()) {
      const cue = kill % 2 === 0 ? /to go: / : STEPPING; // before the first step or around it, and further on
      const { code, stderr } = await pretrain(args, killAfter(cue, 60 * moment));
      expect([code, stderr]).toEqual([null, expect.not.stringMatching(/warning|gdiff:/)]);
      beginnings.add(/going on from step \d+/.exec(stderr)?.[0] ?? "the start");
    }
    expect(await pretrain(args)).toMatchObject({ code: 0 });
    return outcomeOf(run, steps);
  });
  const reference = inFolder("reference");
  await pretrain([...saving, "--out", reference]);
  const expected = outcomeOf(reference, steps);
  for (const outcome of await Promise.all(chains)) expect(outcome).toEqual(expected);
  expect(beginnings.size).toBeGreaterThanOrEqual(KILLS / 5); // the kills fell into training, not only before it
}, 120_000);

/** Kills the process some milliseconds after stderr first matches `cue`. */
function killAfter(cue: RegExp, delayMs: number): (child: ChildProcess, stderr: string) => void {
  let isSet = false;
  return (child, stderr) => {
    if (isSet || !cue.test(stderr)) return;
    isSet = true;
    setTimeout(() => child.kill("SIGKILL"), delayMs);
  };
}

test("--max-time stops a run with 75, and it can be resumed", async () => {
  const run = inFolder("max-time");
  const timed = ["--genome", "demo", "--steps", "100000", "--max-time", "1s", "--out", run];
  const stopped = await pretrain(timed);
  expect(stopped.code).toBe(75);
  const [line] = errorLines(stopped);
  const step = Number(/after step (\d+) of 100000;/.exec(line ?? "")?.[1]);
  expect(line).toBe(
    `gdiff: E_STOPPED: stopped by --max-time after step ${step} of 100000; saved in ${run}/checkpoints/step-${step}; ` +
      `go on with: gdiff pretrain --resume --out ${run}`,
  );
  const more = ["--steps", String(step + 1), "--max-time", "10m"];
  const resumed = await pretrain(["--resume", ...more, "--out", run]);
  expect([resumed.code, metrics(run).at(-1)?.step]).toEqual([0, step + 1]);
});
