/**
 * TensorFlow.js' matrix products. Batches broadcast; a bias of one row and relu are added where the product is still in
 * a cache, what else `_FusedMatMul` may ask for is computed by the kernels of its name.
 */

import { tf } from "../../../tensor/tf.ts";
import { unlessAll } from "../declines.ts";
import { input, type NativeKernel, type NativeKernelCall } from "../kernel.ts";
import { matMulShape } from "../mat-mul-shape.ts";

const declines = (call: NativeKernelCall): string | undefined =>
  unlessAll("float32", input(call, "a"), input(call, "b"));

/** a · b, with what C++ adds on the way. */
function product(
  { inputs, attrs, backend }: NativeKernelCall,
  bias?: Float32Array,
  relu = false,
): tf.TensorInfo {
  const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
  const [transposeA, transposeB] = [attrs.transposeA === true, attrs.transposeB === true];
  const { batch, m, n, k, aIndex, bIndex, shape } = matMulShape(a, b, transposeA, transposeB);
  const out = backend.output(shape);
  backend.binding.gemm(
    batch,
    m,
    n,
    k,
    aIndex,
    bIndex,
    backend.floats(a),
    transposeA,
    backend.floats(b),
    transposeB,
    bias,
    relu,
    backend.floats(out),
    backend.isBf16,
  );
  return out;
}

const batchMatMul: NativeKernel = {
  name: tf.BatchMatMul,
  declines,
  run: (call) => product(call),
};

/** The kernels that are the activations of `_FusedMatMul`; TensorFlow.js' names. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu: tf.Relu,
  relu6: tf.Relu6,
  elu: tf.Elu,
  prelu: tf.Prelu,
  leakyrelu: tf.LeakyRelu,
  sigmoid: tf.Sigmoid,
};

/** Whether a bias is one value a column, as C++ adds it. */
function isRow({ shape, dtype }: tf.TensorInfo, columns: number): boolean {
  return (
    dtype === "float32" && shape.at(-1) === columns && tf.util.sizeFromShape(shape) === columns
  );
}

const fusedMatMul: NativeKernel = {
  name: tf._FusedMatMul,
  declines,
  run: (call) => {
    const { inputs, attrs, backend } = call;
    const { b, bias, preluActivationWeights } = inputs as Record<string, tf.TensorInfo>;
    const columns = (b as tf.TensorInfo).shape.at(attrs.transposeB === true ? -2 : -1) as number;
    const activation = (attrs.activation ?? "linear") as string;
    const isBiasInside = bias === undefined || bias === null || isRow(bias, columns);
    const isReluInside = isBiasInside && activation === "relu";
    let out = product(call, isBiasInside && bias ? backend.floats(bias) : undefined, isReluInside);
    const replace = (name: string, more: Record<string, tf.TensorInfo>, own = {}) => {
      const before = out;
      out = runKernel(call, name, { ...more, [name === tf.Add ? "a" : "x"]: before }, own);
      backend.disposeIntermediateTensorInfo(before);
    };
    if (!isBiasInside && bias) replace(tf.Add, { b: bias });
    if (activation === "linear" || isReluInside) return out;
    const name = ACTIVATIONS[activation];
    if (name === undefined)
      throw new Error(`Activation ${activation} has not been implemented for the native backend.`);
    const alpha: Record<string, tf.TensorInfo> = preluActivationWeights
      ? { alpha: preluActivationWeights }
      : {};
    replace(name, alpha, { alpha: attrs.leakyreluAlpha });
    return out;
  },
};

function runKernel(
  { backend }: NativeKernelCall,
  name: string,
  inputs: Record<string, tf.TensorInfo>,
  attrs: tf.NamedAttrMap,
): tf.TensorInfo {
  const kernel = tf.getKernel(name, "native");
  if (kernel === undefined) throw new TypeError(`internal: expected a kernel ${name}, got none`);
  return kernel.kernelFunc({ inputs, attrs, backend }) as tf.TensorInfo;
}

export const MAT_MULS: readonly NativeKernel[] = [batchMatMul, fusedMatMul];
