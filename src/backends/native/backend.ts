/**
 * TensorFlow.js' cpu backend with memory that C++ can work on. A kernel that is not replaced still runs, in
 * JavaScript.
 */

import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import type { tf } from "../../tensor/tf.ts";
import type { Binding } from "./binding.ts";

/** What a product rounds its operands to; sums are float32 in both. */
export type Precision = "fp32" | "bf16";

export class NativeBackend extends MathBackendCPU {
  readonly binding: Binding;
  readonly precision: Precision;

  constructor(binding: Binding, precision: Precision) {
    super();
    this.binding = binding;
    this.precision = precision;
  }

  /** Whether kernels are to round the operands of products. */
  get isBf16(): boolean {
    return this.precision === "bf16";
  }

  /** Bytes of one value of an operand that a kernel keeps for the backward pass. */
  get operandBytes(): number {
    return this.isBf16 && this.binding.hasBf16() ? 2 : 4;
  }

  /** A new tensor; its contents are undefined until a kernel has written them. */
  output(shape: readonly number[], dtype: "float32" | "int32" = "float32"): tf.TensorInfo {
    const size = shape.reduce((product, n) => product * n, 1);
    const values = dtype === "float32" ? new Float32Array(size) : new Int32Array(size);
    return this.makeTensorInfo([...shape], dtype, values);
  }

  /** Memory that only kernels read, as a scalar to TensorFlow.js: what a forward kernel keeps for its backward one. */
  opaque(bytes: number): tf.TensorInfo {
    return this.makeTensorInfo([], "int32", new Int32Array(Math.ceil(bytes / 4)));
  }

  floats({ dataId }: Pick<tf.TensorInfo, "dataId">): Float32Array {
    return this.data.get(dataId).values as Float32Array;
  }

  ints({ dataId }: Pick<tf.TensorInfo, "dataId">): Int32Array {
    return this.data.get(dataId).values as Int32Array;
  }
}
