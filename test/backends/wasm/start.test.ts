import { expect, it } from "vitest";
import { startWasm } from "../../../src/backends/wasm/start.ts";
import { tf } from "../../../src/tensor/tf.ts";

it("a second start keeps the kernels of the first", async () => {
  await startWasm();
  const kernels = () => ["BatchMatMul", "Sum"].map((name) => tf.getKernel(name, "wasm"));
  const first = kernels();
  await startWasm();
  for (const [i, kernel] of kernels().entries()) expect(kernel).toBe(first[i]);
});
