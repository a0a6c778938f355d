import { expect, it } from "vitest";
import { setEnvironment } from "../../../src/backends/tensorflow/set-environment.ts";
import { restoreUtilFunctions } from "../../../src/backends/tensorflow/util-functions.ts";
import { BackendError } from "../../../src/errors.ts";

it("lets memory grow and products stay float32, where the user says nothing else", () => {
  const env = { NVIDIA_TF32_OVERRIDE: "1" };
  setEnvironment(undefined, env);
  expect(env).toEqual({
    TF_FORCE_GPU_ALLOW_GROWTH: "true",
    NVIDIA_TF32_OVERRIDE: "1",
    TF_CPP_MIN_LOG_LEVEL: "2",
  });
});

it.each([
  ["1", "1"],
  ["cpu", ""],
])("shows TensorFlow device %s alone", (device, visible) => {
  const env: Record<string, string | undefined> = { CUDA_VISIBLE_DEVICES: "0,1" };
  setEnvironment(device, env);
  expect(env.CUDA_VISIBLE_DEVICES).toBe(visible);
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
