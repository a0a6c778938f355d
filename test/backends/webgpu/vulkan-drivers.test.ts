import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { findVulkanDrivers } from "../../../src/backends/webgpu/vulkan-drivers.ts";

function plant(...files: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), "gdiff-vulkan-"));
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), "{}");
  }
  return root;
}

it("finds the drivers' files where the loader looks", () => {
  const root = plant(
    "usr/share/vulkan/icd.d/nvidia_icd.json",
    "usr/share/vulkan/icd.d/README",
    "etc/vulkan/icd.d/b.json",
    "home/.local/share/vulkan/icd.d/a.json",
  );
  expect(findVulkanDrivers({ HOME: join(root, "home") }, root)).toEqual([
    join(root, "home/.local/share/vulkan/icd.d/a.json"),
    join(root, "etc/vulkan/icd.d/b.json"),
    join(root, "usr/share/vulkan/icd.d/nvidia_icd.json"),
  ]);
});

it("looks nowhere else when the environment names them", () => {
  const root = plant("usr/share/vulkan/icd.d/a.json", "mine.json");
  const mine = join(root, "mine.json");
  expect(findVulkanDrivers({ VK_DRIVER_FILES: `${mine}:/no/such.json` }, root)).toEqual([mine]);
  expect(findVulkanDrivers({ VK_ICD_FILENAMES: mine }, root)).toEqual([mine]);
});

it("finds none on a machine without", () => {
  expect(findVulkanDrivers({}, plant())).toEqual([]);
});
