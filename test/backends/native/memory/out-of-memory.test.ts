import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NativeBackend } from "../../../../src/backends/native/backend.ts";
import { KernelRuns } from "../../../../src/backends/native/kernel-runs.ts";
import { BackendError } from "../../../../src/errors.ts";
import { LAYER_NORM } from "../../../../src/tensor/fused/layer-norm.ts";
import { runFused } from "../../../../src/tensor/fused/run.ts";
import { tf } from "../../../../src/tensor/tf.ts";
import { useBackend } from "../../../support/backend.ts";
import { binding } from "../support.ts";
import { usePoisonedNative } from "./poisoned.ts";

const MIB = 2 ** 20;
let backend: NativeBackend;
const before = binding.memoryLimit();
beforeEach(async () => {
  backend = await usePoisonedNative();
});
afterEach(() => binding.setMemoryLimit(before));

/** Leaves room for so many bytes. */
const leave = (bytes: number): void => binding.setMemoryLimit(binding.memoryTaken() + bytes);

function errorOf(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("expected an error");
}

describe("a tensor that the memory has no room for", () => {
  it("is refused with its bytes and its shape", () => {
    const held = backend.output([1024, 1024]);
    leave(MIB);
    const taken = binding.memoryTaken();
    const error = errorOf(() => backend.output([1024, 4096]));
    expect(error).toBeInstanceOf(BackendError);
    expect(error.message).toBe(
      "expected room for 16.0 MiB (16777216 bytes) of memory for a tensor [1024, 4096] of float32, got none " +
        "(the tensors of now hold 4.0 MiB): use a smaller --batch-size or --length, with --accumulate for the same step",
    );
    expect((error.cause as Error).message).toBe(
      `native memory: expected room for 16777216 bytes, got none: ${taken} of at most ${taken + MIB} bytes are taken`,
    );
    backend.disposeData(held.dataId);
  });

  it("is refused by the system as well, where no limit is set", () => {
    binding.setMemoryLimit(0);
    const { message, cause } = errorOf(() => backend.output([2 ** 20, 2 ** 24]));
    expect(message).toMatch(
      /^expected room for 64\.0 TiB \(70368744177664 bytes\) of memory for a tensor \[1048576, /,
    );
    expect((cause as Error).message).toBe(
      "native memory: expected room for 70368744177664 bytes, got none: the system gave no more",
    );
  });

  it("finds room when the pool gives back what is idle", () => {
    backend.disposeData(backend.output([4, MIB]).dataId);
    leave(4 * MIB);
    const { dataId } = backend.output([5, MIB]);
    expect(backend.counters).toMatchObject({ bytesInUse: 20 * MIB, idleBytes: 0 });
    backend.disposeData(dataId);
  });

  it("leaves everything as it was: tensors, counts, and the next operation", () => {
    const x = tf.fill([1024, 1024], 3);
    const gain = tf.ones([1024]);
    const state = (): unknown => [
      tf.memory().numTensors,
      backend.numDataIds(),
      backend.counters.bytesInUse,
    ];
    const now = state();
    leave(MIB);
    const data = new Float32Array(MIB);
    const attempts: (() => unknown)[] = [
      () => tf.tensor(data, [1024, 1024]),
      () => tf.tidy(() => runFused(LAYER_NORM, { x, gain }, { epsilon: 1e-5 })),
      () => tf.tidy(() => tf.clone(tf.tensor(data))),
      () => backend.opaque(4 * MIB),
    ];
    for (const attempt of attempts) {
      expect(errorOf(attempt)).toBeInstanceOf(BackendError);
      expect(state()).toEqual(now);
    }
    expect(x.dataSync()[5]).toBe(3);
    binding.setMemoryLimit(before);
    const [y] = runFused(LAYER_NORM, { x, gain }, { epsilon: 1e-5 });
    expect(y?.dataSync()[5]).toBe(0);
    tf.dispose([x, gain, y as tf.Tensor]);
  });

  it("is not lost on its way from another backend, which gives it up first", async () => {
    await useBackend("cpu");
    const x = tf.fill([1024, 1024], 3);
    await tf.setBackend("native");
    leave(MIB);
    expect(backend.floats(x)[7]).toBe(3);
    expect(backend.canDonate(x)).toBe(false);
    expect(x.dataSync()[7]).toBe(3);
    x.dispose();
  });
});

describe("what a kernel works in", () => {
  const threads = binding.getThreads();
  beforeEach(() => binding.setThreads(1)); // which others would help, and so take memory, changes
  afterEach(() => binding.setThreads(threads));

  const SIZE = 1024;
  const multiply = (size: number, out: Float32Array): void => {
    const [a, b] = [new Float32Array(size * size).fill(1), new Float32Array(size * size).fill(2)];
    const none = undefined;
    binding.gemm(1, size, size, size, none, none, a, false, b, false, none, false, out, false);
  };

  it("is refused as a RangeError with a code, and the kernel works again after it", () => {
    const out = new Float32Array(SIZE * SIZE);
    leave(MIB / 4);
    expect(() => multiply(SIZE, out)).toThrow(
      expect.objectContaining({ name: "RangeError", code: "GDIFF_OUT_OF_MEMORY" }),
    );
    binding.setMemoryLimit(before);
    multiply(SIZE, out);
    expect(out.every((value) => value === 2 * SIZE)).toBe(true);
  });

  it("stays for the next call", () => {
    const out = new Float32Array(SIZE * SIZE);
    for (let i = 0; i < 3; i++) multiply(SIZE, out); // until its size is known
    const taken = binding.memoryTaken();
    for (let i = 0; i < 10; i++) multiply(i % 2 === 0 ? SIZE : 64, out);
    expect(binding.memoryTaken()).toBe(taken);
  });
});

describe("what a kernel works in on other threads", () => {
  const threads = binding.getThreads();
  afterEach(() => binding.setThreads(threads));

  it("is refused as on its own, whichever task found none, and all threads work again after it", () => {
    const [batch, size] = [64, 64];
    const a = new Float32Array(batch * size * size).fill(1);
    const out = new Float32Array(a.length);
    const none = undefined;
    const multiply = (): void =>
      binding.gemm(
        ...([batch, size, size, size, none, none, a, false, a, false] as const),
        ...([none, false, out, false] as const),
      );
    binding.setThreads(1);
    multiply(); // this thread has what it works in
    binding.setThreads(4); // new threads, which have nothing
    leave(1);
    const refusals = new Set<unknown>();
    for (let i = 0; i < 1000 && refusals.size === 0; i++) {
      try {
        multiply();
      } catch (error) {
        refusals.add((error as NodeJS.ErrnoException).code);
      }
    }
    expect(refusals).toEqual(new Set(["GDIFF_OUT_OF_MEMORY"]));
    binding.setMemoryLimit(before);
    for (let i = 0; i < 10; i++) {
      out.fill(Number.NaN);
      multiply();
      expect(out.every((value) => value === size)).toBe(true);
    }
  });
});

describe("a kernel that finds no memory to work in", () => {
  const outOfMemory = (text: string): RangeError =>
    Object.assign(new RangeError(text), { code: "GDIFF_OUT_OF_MEMORY" });
  const undo = () => {
    const done: unknown[] = [];
    const runs = new KernelRuns({ discard: (id) => done.push(id), trim: () => done.push("trim") });
    return { done, runs };
  };
  const inputs = { x: { shape: [2, 3], dtype: "float32", dataId: {} } } as const;
  const asInputs = { x: { ...inputs.x, shape: [...inputs.x.shape] } };

  it("runs again after idle memory was given back, and what it had made is disposed", () => {
    const { done, runs } = undo();
    const made = { id: 1 };
    let calls = 0;
    const result = runs.run("native", "Op", asInputs, () => {
      runs.noteMade(made);
      calls++;
      if (calls === 1) throw outOfMemory("none");
      return "fine";
    });
    expect([result, calls, done]).toEqual(["fine", 2, [made, "trim"]]);
  });

  it("is refused when that does not help", () => {
    const { done, runs } = undo();
    const error = errorOf(() =>
      runs.run("native", "Op", asInputs, () => {
        throw outOfMemory("no room");
      }),
    );
    expect(error).toBeInstanceOf(BackendError);
    expect(error.message).toBe(
      "expected memory for the kernel Op to work on x [2, 3], got none (no room): " +
        "use a smaller --batch-size or --length, with --accumulate for the same step",
    );
    expect(done).toEqual(["trim"]);
  });

  it("does not run again when it may have written over an input", () => {
    const { runs } = undo();
    let calls = 0;
    const error = errorOf(() =>
      runs.run("native", "Op", asInputs, () => {
        calls++;
        runs.noteDonated();
        throw outOfMemory("no room");
      }),
    );
    expect([calls, error instanceof BackendError]).toEqual([1, true]);
  });

  it("is refused when JavaScript has no array as long", () => {
    const { runs } = undo();
    const error = errorOf(() =>
      runs.run("fallback", "Op", asInputs, () => new Float32Array(2 ** 50)),
    );
    expect(error.message).toMatch(
      /^expected memory for the kernel Op .* \(Invalid typed array length: 1125899906842624\)/,
    );
  });

  it("passes other errors on, undone all the same", () => {
    const { done, runs } = undo();
    const own = new RangeError("axis 7");
    const made = { id: 1 };
    const error = errorOf(() =>
      runs.run("native", "Outer", asInputs, () => {
        runs.run("native", "Inner", asInputs, () => runs.noteMade({ id: 2 }));
        runs.noteMade(made);
        throw own;
      }),
    );
    expect(error).toBe(own);
    expect(done).toEqual([made]);
  });
});
