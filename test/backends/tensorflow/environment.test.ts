import { expect, it } from "vitest";
import { firstVisible, setEnvironment } from "../../../src/backends/tensorflow/set-environment.ts";
import { restoreUtilFunctions } from "../../../src/backends/tensorflow/util-functions.ts";
import { BackendError } from "../../../src/errors.ts";

it("lets memory grow and products stay float32, where the user says nothing else", () => {
  const env = { NVIDIA_TF32_OVERRIDE: "1" };
  setEnvironment(undefined, env);
  expect(env).toEqual({
    TF_FORCE_GPU_ALLOW_GROWTH: "true",
    NVIDIA_TF32_OVERRIDE: "1",
    TF_CPP_MIN_LOG_LEVEL: "2",
    CUDA_DEVICE_ORDER: "PCI_BUS_ID",
  });
});

it.each([
  ["1", "1"],
  ["cpu", "-1"],
])("shows TensorFlow device %s alone", (device, visible) => {
  const env: Record<string, string | undefined> = {};
  setEnvironment(device, env);
  expect(env.CUDA_VISIBLE_DEVICES).toBe(visible);
});

it("stays within the GPUs that a job was given", () => {
  const env: Record<string, string | undefined> = { CUDA_VISIBLE_DEVICES: "4,MIG-7" };
  expect(firstVisible(env)).toBe(4);
  setEnvironment("1", env);
  expect(env.CUDA_VISIBLE_DEVICES).toBe("MIG-7");
  expect(firstVisible(env)).toBeUndefined();
  const other = { CUDA_VISIBLE_DEVICES: "4" };
  expect(() => setEnvironment("1", other)).toThrow(
    new BackendError(
      "expected --device of backend tensorflow to be below 1, the GPUs that CUDA_VISIBLE_DEVICES leaves (4), got 1",
    ),
  );
  expect(other).toEqual({ CUDA_VISIBLE_DEVICES: "4" });
  expect(firstVisible({})).toBe(0);
});

it("refuses a device that is no number", () => {
  expect(() => setEnvironment("H200", {})).toThrow(
    new BackendError(
      "expected --device of backend tensorflow to be a GPU's number (nvidia-smi -L lists them) or cpu, got H200",
    ),
  );
});

it("gives util what Node 23 took away, and leaves what is there", () => {
  const isArray = (): boolean => true;
  const util: Record<string, unknown> = { isArray };
  expect(restoreUtilFunctions(util)).toEqual(["isNullOrUndefined"]);
  const { isNullOrUndefined } = util as { isNullOrUndefined: (value: unknown) => boolean };
  expect([null, undefined, 0, "", false].map(isNullOrUndefined)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(util.isArray).toBe(isArray);
  expect(restoreUtilFunctions(util)).toEqual([]);
});

it("tells arrays from others as util did", () => {
  const util: Record<string, unknown> = {};
  restoreUtilFunctions(util);
  const { isArray } = util as { isArray: (value: unknown) => boolean };
  expect([[], { length: 0 }, "a"].map(isArray)).toEqual([true, false, false]);
});
