import { spawnSync } from "node:child_process";
import { describe, expect, it, vi } from "vitest";
import {
  formatHolder,
  holderState,
  isProcessAlive,
  newLockHolder,
  parseHolder,
} from "../../../src/util/lock/lock-holder.ts";

const isLinux = process.platform === "linux";

describe("holderState", () => {
  const me = newLockHolder();
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;

  it("sees itself alive", () => {
    expect(holderState(me)).toBe("alive");
  });

  it("sees a process that ended as dead", () => {
    expect(holderState({ ...me, pid: dead })).toBe("dead");
  });

  it("cannot see another host, nor the processes of another container", () => {
    expect(holderState({ ...me, pid: dead, host: "node-a" })).toBe("elsewhere");
    if (isLinux) expect(holderState({ ...me, pid: dead, pidSpace: "pid:[1]" })).toBe("elsewhere");
  });

  it("knows an earlier life of its own Slurm job for dead on any host, but not another node of the job", () => {
    vi.stubEnv("SLURM_JOB_ID", "4242");
    vi.stubEnv("SLURM_RESTART_COUNT", undefined);
    const first = { ...newLockHolder(), host: "node-a" };
    expect(first).toMatchObject({ slurmJob: "4242", slurmRestarts: 0 });
    expect(holderState(first)).toBe("elsewhere"); // it runs now
    vi.stubEnv("SLURM_RESTART_COUNT", "1");
    expect(holderState(first)).toBe("dead");
    expect(holderState({ ...first, slurmJob: "4243" })).toBe("elsewhere");
    expect(holderState({ ...newLockHolder(), host: "node-a" })).toBe("elsewhere");
    vi.stubEnv("SLURM_JOB_ID", undefined);
    expect(holderState(first)).toBe("elsewhere");
    expect(holderState({ ...first, slurmJob: null })).toBe("elsewhere");
    vi.unstubAllEnvs();
  });

  it.runIf(isLinux)("knows a number that was used again, after a reboot or not, for dead", () => {
    expect(holderState({ ...me, started: "1" })).toBe("dead");
    expect(holderState({ ...me, boot: "an earlier one", pidSpace: "pid:[1]" })).toBe("dead");
  });

  it("goes by the number alone where the system tells no more", () => {
    const plain = { boot: null, pidSpace: null, started: null };
    expect(holderState({ ...me, ...plain })).toBe("alive");
    expect(holderState({ ...me, ...plain, pid: dead })).toBe("dead");
  });
});

describe("isProcessAlive", () => {
  it("is true of a process of another user", () => {
    expect(isProcessAlive(1)).toBe(true);
  });

  it("is false of a number that no process can have", () => {
    expect(isProcessAlive(2 ** 40)).toBe(false);
  });
});

describe("parseHolder", () => {
  it("reads what formatHolder writes", () => {
    const me = newLockHolder();
    expect(parseHolder(formatHolder(me))).toEqual(me);
  });

  it.each([
    { pid: 0 },
    { pid: "1" },
    { pid: 1.5 },
    { host: 1 },
    { since: null },
    { id: "x" },
    { boot: 1 },
    { slurmJob: 1 },
    { slurmRestarts: null },
  ])("takes no record with %j", (change) => {
    expect(parseHolder(JSON.stringify({ ...newLockHolder(), ...change }))).toBeUndefined();
  });
});
