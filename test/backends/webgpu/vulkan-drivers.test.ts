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
    join(root, "etc/vulkan/icd.d/b.json"),
    join(root, "home/.local/share/vulkan/icd.d/a.json"),
    join(root, "usr/share/vulkan/icd.d/nvidia_icd.json"),
  ]);
});

it("looks nowhere else when the environment names them", () => {
  const root = plant("usr/share/vulkan/icd.d/a.json", "mine.json");
  const mine = join(root, "mine.json");
  expect(findVulkanDrivers({ VK_DRIVER_FILES: `${mine}:/no/such.json` }, root)).toEqual([mine]);
  expect(findVulkanDrivers({ VK_ICD_FILENAMES: mine }, root)).toEqual([mine]);
});

it("follows XDG's variables, and adds what VK_ADD_DRIVER_FILES names", () => {
  const root = plant("a.json", "conf/vulkan/icd.d/b.json", "one/vulkan/icd.d/c.json", "two/x");
  const env = {
    VK_ADD_DRIVER_FILES: join(root, "a.json"),
    XDG_CONFIG_HOME: join(root, "conf"),
    XDG_DATA_DIRS: `${join(root, "one")}:${join(root, "two")}`,
  };
  expect(findVulkanDrivers(env, root)).toEqual([
    join(root, "a.json"),
    join(root, "conf/vulkan/icd.d/b.json"),
    join(root, "one/vulkan/icd.d/c.json"),
  ]);
});

it("finds none on a machine without", () => {
  expect(findVulkanDrivers({}, plant())).toEqual([]);
});
