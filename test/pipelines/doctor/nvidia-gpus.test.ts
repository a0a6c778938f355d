import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gpuLines, nvidiaGpus } from "../../../pipelines/doctor/nvidia-gpus.ts";

/** A search path with a program of that name before the shell's own. */
function pathWith(program: string): { PATH: string } {
  const folder = mkdtempSync(join(tmpdir(), "gdiff-smi-"));
  const file = join(folder, "nvidia-smi");
  writeFileSync(file, `#!/bin/sh\n${program}\n`);
  chmodSync(file, 0o755);
  return { PATH: `${folder}:/usr/bin:/bin` };
}

it("reads what nvidia-smi is asked for", () => {
  const asked = `[ "$*" = "--query-gpu=name,memory.total,driver_version --format=csv,noheader" ] || exit 9
echo "NVIDIA H200, 143771 MiB, 550.54.15"
echo "NVIDIA A2, 15356 MiB, 550.54.15"`;
  const gpus = nvidiaGpus(pathWith(asked));
  expect(gpus).toEqual([
    { name: "NVIDIA H200", memory: "143771 MiB", driver: "550.54.15" },
    { name: "NVIDIA A2", memory: "15356 MiB", driver: "550.54.15" },
  ]);
  expect(gpuLines(gpus)).toEqual([
    "0: NVIDIA H200, 143771 MiB, driver 550.54.15",
    "1: NVIDIA A2, 15356 MiB, driver 550.54.15",
  ]);
});

it("says that a program which fails, or is not there, does not answer", () => {
  const failing = nvidiaGpus(pathWith("echo NVIDIA-SMI has failed; exit 9"));
  expect([failing, nvidiaGpus({ PATH: "/none" })]).toEqual([undefined, undefined]);
  expect(gpuLines(failing)).toEqual(["no NVIDIA GPU (nvidia-smi does not answer)"]);
});

it("says that none is listed", () => {
  expect(gpuLines(nvidiaGpus(pathWith("exit 0")))).toEqual([
    "no NVIDIA GPU (nvidia-smi lists none)",
  ]);
});
