import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { describeNvidia, findNvidia } from "../../../src/backends/tensorflow/nvidia.ts";

/** Plants files under a root of their own. */
function plant(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "gdiff-nvidia-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

it("reads the driver's version, the GPUs' names and where CUDA's libraries are", () => {
  const root = plant({
    "proc/driver/nvidia/version":
      "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024\nGCC version:  gcc 12\n",
    "proc/driver/nvidia/gpus/0000:01:00.0/information":
      "Model: \t\t NVIDIA H200\nIRQ:   \t\t 42\nGPU UUID: \t GPU-0\n",
    "usr/local/cuda-12.4/lib64/libcudart.so.12.4.127": "",
    "usr/local/cuda-12.4/lib64/libcublas.so.12": "",
    "own/libcudnn.so.9": "",
  });
  const found = findNvidia({ LD_LIBRARY_PATH: `${root}/own::${root}/nowhere` }, { root });
  expect(found).toEqual({
    driver: "550.54.15",
    gpus: ["NVIDIA H200"],
    libraries: [
      `${root}/own/libcudnn.so.9`,
      `${root}/usr/local/cuda-12.4/lib64/libcudart.so.12.4.127`,
    ],
  });
  expect(describeNvidia(found)).toBe(
    `NVIDIA driver 550.54.15, NVIDIA H200, ${found.libraries.join(", ")}`,
  );
});

it("reads the version of the open kernel module, which stands elsewhere in the line", () => {
  const root = plant({
    "proc/driver/nvidia/version":
      "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  565.57.01  Release Build  (root@x)\n",
  });
  expect(findNvidia({}, { root }).driver).toBe("565.57.01");
});

it("says what a machine without any lacks", () => {
  const found = findNvidia({}, { root: plant({}) });
  expect(found).toEqual({ gpus: [], libraries: [] });
  expect(describeNvidia(found)).toBe("no NVIDIA driver, no libcudart or libcudnn");
});
