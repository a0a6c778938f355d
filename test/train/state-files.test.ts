import { describe, expect, it } from "vitest";
import { paramsToArrays } from "../../src/tensor/params.ts";
import { decodeSafetensors } from "../../src/tensor/safetensors.ts";
import { EMA_FILE, MODEL_FILE, stateFromFiles, stateToFiles } from "../../src/train/state-files.ts";
import { disposeState, initialState } from "../../src/train/train-state.ts";
import { useBackend } from "../support/backend.ts";

const SHAPES = { "z.weight": [2, 3], "a.bias": [3] };
const ARRAYS = {
  "z.weight": { shape: [2, 3], data: Float32Array.of(1, -2, 3e-38, 4, 0.1, -0) },
  "a.bias": { shape: [3], data: Float32Array.of(5, 6, 7) },
};

describe("a training state as files", () => {
  it("comes back bit for bit, its parameters in the network's order", async () => {
    await useBackend("wasm");
    const state = initialState(ARRAYS);
    const files = await stateToFiles({ ...state, step: 12 });
    expect(Object.keys(files).sort()).toEqual([
      "ema.safetensors",
      "model.safetensors",
      "optimizer.mu.safetensors",
      "optimizer.nu.safetensors",
    ]);
    const back = stateFromFiles(12, files, SHAPES, "step-12");
    expect(back.step).toBe(12);
    expect(Object.keys(back.params)).toEqual(["z.weight", "a.bias"]);
    expect(await paramsToArrays(back.params)).toEqual(ARRAYS);
    expect(await paramsToArrays(back.ema)).toEqual(ARRAYS);
    expect((await paramsToArrays(back.nu))["a.bias"]?.data).toEqual(new Float32Array(3));
    expect(await stateToFiles(back)).toEqual(files);
    disposeState(state);
    disposeState(back);
  });

  it("says its step in each file", async () => {
    const state = initialState(ARRAYS);
    const files = await stateToFiles({ ...state, step: 3 });
    for (const [name, bytes] of Object.entries(files))
      expect(decodeSafetensors(bytes, name).metadata).toEqual({ format: "pt", step: "3" });
    disposeState(state);
  });

  it("refuses a checkpoint without one of them", async () => {
    const state = initialState(ARRAYS);
    const { [EMA_FILE]: _ema, ...rest } = await stateToFiles(state);
    expect(() => stateFromFiles(0, rest, SHAPES, "run/step-0")).toThrow(
      "run/step-0/ema.safetensors: expected this file in the checkpoint, got none",
    );
    expect(rest[MODEL_FILE]).toBeDefined();
    disposeState(state);
  });
});
