import { expect, it } from "vitest";
import {
  adapterNames,
  nameOfDevice,
  namesWith,
} from "../../../src/backends/webgpu/adapter-names.ts";
import type { Gpu } from "../../../src/backends/webgpu/webgpu-types.ts";

const NAMES = ["NVIDIA GeForce RTX 4070", "NVIDIA GeForce RTX 4070 Ti", "Intel(R) Arc(TM) A770"];

it("takes the name that is meant, and all that may be", () => {
  expect(namesWith(NAMES, "arc")).toEqual([NAMES[2]]);
  expect(namesWith(NAMES, "rtx 4070")).toEqual([NAMES[0], NAMES[1]]);
  expect(namesWith(NAMES, "nvidia geforce rtx 4070")).toEqual([NAMES[0]]);
  expect(namesWith(NAMES, "Voodoo")).toEqual([]);
});

it("knows a name by WebGPU's identifier", () => {
  expect(nameOfDevice(NAMES, "intel-r-arc-tm-a770")).toBe(NAMES[2]);
  expect(nameOfDevice(NAMES, "")).toBeUndefined();
});

it("reads the names from Dawn's refusal, each once", async () => {
  const requestAdapter: Gpu["requestAdapter"] = async () => {
    throw new Error(
      "no suitable backends found\nAvailable adapters:\n * backend: 'vulkan', name: 'A 1'\n * backend: 'opengl', name: 'A 1'\n",
    );
  };
  expect(await adapterNames({ create: () => ({ requestAdapter }), globals: {} })).toEqual(["A 1"]);
});
