import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { FileError, RunFolderError } from "../../../src/errors.ts";
import { lockRunFolder } from "../../../src/train/run-folder/lock-run-folder.ts";
import { newLockHolder } from "../../../src/util/lock/lock-holder.ts";
import { temporaryRunFolder } from "../../support/run-folders.ts";

const LOCK_MODULE = new URL(
  "../../../dist/src/train/run-folder/lock-run-folder.js",
  import.meta.url,
);

const lockPath = (run: string): string => join(run, "run.lock");

/** A Node process, killed when the test ends, and the lines that it prints. */
function startProgram(program: string) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const lines = createInterface({ input: child.stdout });
  const nextLine = () => new Promise<string>((resolve) => lines.once("line", resolve));
  return { child, nextLine };
}

/** A process that takes the lock, says `locked` or its error, and lives until its stdin ends. */
function startLocker(run: string): { child: ChildProcess; firstLine: Promise<string> } {
  const { child, nextLine } = startProgram(`
    import { lockRunFolder } from ${JSON.stringify(LOCK_MODULE.href)};
    try { await lockRunFolder(${JSON.stringify(run)}); console.log("locked"); }
    catch (error) { console.log(error.name + " " + error.message); }
    process.stdin.resume();`);
  return { child, firstLine: nextLine() };
}

/** A process that takes the lock of every folder it is told and answers `locked` or its error. */
function startTaker(): (run: string) => Promise<string> {
  const { child, nextLine } = startProgram(`
    import { createInterface } from "node:readline";
    import { lockRunFolder } from ${JSON.stringify(LOCK_MODULE.href)};
    for await (const run of createInterface({ input: process.stdin })) {
      const answer = await lockRunFolder(run).then(() => "locked", (error) => error.name + " " + error.message);
      console.log(answer);
    }`);
  return (run) => {
    const answer = nextLine();
    child.stdin.write(`${run}\n`);
    return answer;
  };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

function writeHolder(run: string, change: object): void {
  writeFileSync(
    lockPath(run),
    JSON.stringify({ ...newLockHolder(), since: "2026-01-02T03:04:05.678Z", ...change }),
  );
}

describe("lockRunFolder", () => {
  it("leaves a record of process, host and time, and nothing after release", async () => {
    const run = temporaryRunFolder();
    const lock = await lockRunFolder(run);
    const record = JSON.parse(readFileSync(lockPath(run), "utf8"));
    expect(record).toMatchObject({ pid: process.pid, host: hostname() });
    expect(new Date(record.since).toISOString()).toBe(record.since);
    expect(readdirSync(run)).toEqual(["run.lock"]);
    await lock.release();
    await lock.release();
    expect(readdirSync(run)).toEqual([]);
  });

  it("refuses a folder that this process holds already, and leaves the lock", async () => {
    const run = temporaryRunFolder();
    await lockRunFolder(run);
    await expect(lockRunFolder(run)).rejects.toThrow(RunFolderError);
    expect(readdirSync(run)).toEqual(["run.lock"]);
  });

  it("names the other process, its host and the remedy", async () => {
    const run = temporaryRunFolder();
    const { child, firstLine } = startLocker(run);
    expect(await firstLine).toBe("locked");
    const { since } = JSON.parse(readFileSync(lockPath(run), "utf8"));
    await expect(lockRunFolder(run)).rejects.toThrow(
      new RunFolderError(
        `${run}: expected a run folder that no other process uses, but process ${child.pid} on ${hostname()} ` +
          `has held it since ${since}; wait for it to end, stop it, or choose another run folder`,
      ),
    );
  });

  it("takes over from a process that was killed", async () => {
    const run = temporaryRunFolder();
    const { child, firstLine } = startLocker(run);
    expect(await firstLine).toBe("locked");
    await kill(child);
    expect(existsSync(lockPath(run))).toBe(true);
    const lock = await lockRunFolder(run);
    expect(JSON.parse(readFileSync(lockPath(run), "utf8"))).toMatchObject({ pid: process.pid });
    expect(readdirSync(run)).toEqual(["run.lock"]);
    await lock.release();
    expect(readdirSync(run)).toEqual([]);
  });

  it("gives a dead process's lock to exactly one of many takers, round after round", async () => {
    const takers = Array.from({ length: 6 }, startTaker);
    for (let round = 0; round < 200; round++) {
      const run = temporaryRunFolder();
      writeHolder(run, { boot: "an earlier one" });
      const lines = await Promise.all(takers.map((take) => take(run)));
      const others = lines.filter((line) => line !== "locked");
      expect(others).toEqual(Array(5).fill(expect.stringMatching(/^RunFolderError /)));
      expect(readdirSync(run)).toEqual(["run.lock"]);
    }
  });

  it("gives a dead process's lock to exactly one of many takers in one process", async () => {
    const run = temporaryRunFolder();
    for (let round = 0; round < 50; round++) {
      writeHolder(run, { boot: "an earlier one" });
      const results = await Promise.allSettled(Array.from({ length: 5 }, () => lockRunFolder(run)));
      const locks = results.flatMap((result) =>
        result.status === "fulfilled" ? [result.value] : [],
      );
      expect(locks).toHaveLength(1);
      const refusals = results.flatMap((result) =>
        result.status === "rejected" ? [String(result.reason)] : [],
      );
      expect(refusals).toEqual(refusals.map(() => expect.stringMatching(/^RunFolderError: /)));
      await locks[0]?.release();
      expect(readdirSync(run)).toEqual([]);
    }
  });

  it("takes over when a process died in the middle of a takeover", async () => {
    const run = temporaryRunFolder();
    const dead = { ...newLockHolder(), boot: "an earlier one" };
    writeFileSync(lockPath(run), JSON.stringify(dead));
    writeFileSync(
      `${lockPath(run)}.${dead.id}`,
      JSON.stringify({ ...newLockHolder(), boot: "an earlier one" }),
    );
    const lock = await lockRunFolder(run);
    expect(readdirSync(run)).toEqual(["run.lock"]);
    await lock.release();
  });

  it("clears what killed processes left, and nothing else", async () => {
    const run = temporaryRunFolder();
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    const kept = [
      "config.yaml",
      "run.lockfile",
      `metrics.jsonl.tmp-${process.ppid}-ab12`,
      "a.tmp-1",
    ];
    const cleared = [
      `metrics.jsonl.tmp-${dead}-ab12`,
      `run.lock.tmp-${dead}-ab12`,
      `run.lock.${newLockHolder().id}`,
      `run.lock.${newLockHolder().id}.tmp-${dead}-ab12`,
    ];
    for (const name of [...kept, ...cleared]) writeFileSync(join(run, name), "");
    const lock = await lockRunFolder(run);
    await lock.release();
    expect(readdirSync(run).sort()).toEqual(kept.sort());
  });

  it("gives the folder free again when it cannot clear what others left", async () => {
    const run = temporaryRunFolder();
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    mkdirSync(join(run, `a.tmp-${dead}-ab12`)); // a file's name, which is a folder
    await expect(lockRunFolder(run)).rejects.toThrow();
    expect(readdirSync(run)).toEqual([`a.tmp-${dead}-ab12`]);
  });

  it("takes over from an earlier life of its Slurm job on another host", async () => {
    const run = temporaryRunFolder();
    writeHolder(run, { pid: 7, host: "node-a", slurmJob: "4242", slurmRestarts: 0 });
    vi.stubEnv("SLURM_JOB_ID", "4242");
    vi.stubEnv("SLURM_RESTART_COUNT", "1");
    const lock = await lockRunFolder(run);
    expect(JSON.parse(readFileSync(lockPath(run), "utf8"))).toMatchObject({ slurmRestarts: 1 });
    await lock.release();
    vi.unstubAllEnvs();
  });

  it("refuses the lock of another host, which it cannot see", async () => {
    const run = temporaryRunFolder();
    writeHolder(run, { pid: 7, host: "node-a" });
    await expect(lockRunFolder(run)).rejects.toThrow(
      new RunFolderError(
        `${run}: expected a run folder that no other process uses, but process 7 on node-a has held it since ` +
          "2026-01-02T03:04:05.678Z; whether it still runs cannot be seen from here: if it does not, " +
          `delete ${lockPath(run)}`,
      ),
    );
    expect(readdirSync(run)).toEqual(["run.lock"]);
  });

  it.each(["", "{}", "null", "12", '{"pid":1,"pid":2}', "hello"])(
    "refuses a lock whose text is %j",
    async (text) => {
      const run = temporaryRunFolder();
      writeFileSync(lockPath(run), text);
      await expect(lockRunFolder(run)).rejects.toThrow(
        new RunFolderError(
          `${lockPath(run)}: expected the record of a lock, got other text; if no gdiff process uses the folder, delete the file`,
        ),
      );
    },
  );

  it("refuses an id that would be a path", async () => {
    const run = temporaryRunFolder();
    writeHolder(run, { id: "../../../../../../../../../../../tmp" });
    await expect(lockRunFolder(run)).rejects.toThrow(
      "expected the record of a lock, got other text",
    );
  });

  it("does not remove a lock that is no longer its own", async () => {
    const run = temporaryRunFolder();
    const lock = await lockRunFolder(run);
    writeHolder(run, { pid: 7 });
    await lock.release();
    expect(existsSync(lockPath(run))).toBe(true);
  });

  it("says when the folder is not there", async () => {
    const run = join(temporaryRunFolder(), "none");
    await expect(lockRunFolder(run)).rejects.toThrow(
      new FileError(`${lockPath(run)}: nothing there to write (ENOENT)`),
    );
  });
});
