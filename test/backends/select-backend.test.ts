import { describe, expect, it } from "vitest";
import { listBackends } from "../../src/backends/list-backends.ts";
import { selectBackend } from "../../src/backends/select-backend.ts";
import type { BackendWishes } from "../../src/backends/start.ts";
import { BackendError } from "../../src/errors.ts";
import { tf } from "../../src/tensor/tf.ts";
import { hasTensorflow, hasWebGpu } from "../support/optional-backends.ts";

/** The error of a backend that cannot be had. */
async function refusal(name: string, wishes?: BackendWishes): Promise<BackendError> {
  const error = await selectBackend(name, wishes).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof BackendError) return error;
  throw new Error(`expected a BackendError for ${name}, got ${error}`);
}

const available = new Set(
  (await listBackends()).filter(({ isAvailable }) => isAvailable).map(({ name }) => name),
);
const hasNative = available.has("native");
if (!hasNative) console.log("skipped: selection of the backend native (the add-on is not there)");

describe("selectBackend", () => {
  it("computes on the backend asked for, and says so", async () => {
    const descriptions = {
      cpu: "plain JavaScript, slow",
      wasm: "one CPU thread, XNNPACK products",
    };
    for (const [name, description] of Object.entries(descriptions)) {
      expect(await selectBackend(name)).toEqual({
        name,
        precision: "fp32",
        notice: `backend ${name} (asked for): ${description}`,
      });
      expect(tf.getBackend()).toBe(name);
    }
  });

  it.skipIf(!hasNative)("computes on native in the precision asked for", async () => {
    for (const precision of ["fp32", "bf16"] as const) {
      const selected = await selectBackend("native", { precision });
      expect(selected).toMatchObject({ name: "native", precision });
      expect(selected.notice).toMatch(
        new RegExp(`^backend native \\(asked for\\): .+, \\d+ threads?, ${precision} products`),
      );
      expect(tf.getBackend()).toBe("native");
    }
  });

  it.skipIf(!hasNative)("takes native by itself, and says why", async () => {
    const selected = await selectBackend("auto", { precision: "fp32" });
    expect(selected).toMatchObject({ name: "native", precision: "fp32" });
    expect(selected.notice).toMatch(
      /^backend native \(auto\): .+, \d+ threads?, fp32 products(; passed over: .+)?$/,
    );
    expect(tf.getBackend()).toBe("native");
  });

  it.each(["wasm", "cpu"])("refuses bf16 on %s, which has fp32 only", async (name) => {
    expect((await refusal(name, { precision: "bf16" })).message).toBe(
      `expected --precision fp32, the only one of backend ${name}, got bf16 (backend native has both)`,
    );
  });

  it("refuses a name it does not know", async () => {
    const { message, code } = await refusal("cuda");
    expect(code).toBe("E_BACKEND");
    expect(message).toBe(
      "expected --backend to be auto, tensorflow, webgpu, native, wasm, cpu, got cuda",
    );
  });

  it.each(["native", "wasm", "cpu"])("refuses a device on %s, which has none", async (name) => {
    expect((await refusal(name, { device: "NVIDIA" })).message).toBe(
      `expected no --device with backend ${name}, which computes on the processor, got NVIDIA ` +
        "(webgpu and tensorflow take one)",
    );
  });

  it("refuses a device where auto finds no GPU, instead of taking the processor", async () => {
    expect((await refusal("auto", { device: "no such GPU" })).message).toMatch(
      /^expected a backend to start, got none: .*native \(expected no --device with backend native/,
    );
  });

  it.skipIf(hasTensorflow)("refuses tensorflow where it is not there", async () => {
    expect((await refusal("tensorflow")).message).toMatch(
      /^backend tensorflow is not there: (looked for .+, found neither|found .+ without its add-on) .*\(npm (install|rebuild) /,
    );
  });

  it.skipIf(hasWebGpu)("refuses webgpu where it is not there", async () => {
    expect((await refusal("webgpu")).message).toMatch(
      /^backend webgpu (is not there: looked for .+\(npm install|has no device: looked for a GPU)/,
    );
  });

  it("leaves the backend as it was when it refuses", async () => {
    await selectBackend("cpu");
    await refusal("wasm", { device: "NVIDIA" });
    await refusal("cuda");
    expect(tf.getBackend()).toBe("cpu");
  });
});

describe("listBackends", () => {
  it("reports every backend in the order of preference, with a reason", async () => {
    const reports = await listBackends();
    expect(reports.map(({ name }) => name)).toEqual([
      "tensorflow",
      "webgpu",
      "native",
      "wasm",
      "cpu",
    ]);
    for (const { reason } of reports) expect(reason).not.toBe("");
    expect(reports.filter(({ isAvailable }) => isAvailable).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["wasm", "cpu"]),
    );
  });
});
