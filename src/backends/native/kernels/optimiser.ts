/** What an optimiser does with whole tensors. */

import { expectShape } from "../../../tensor/expect-shape.ts";
import { ACCUMULATE } from "../../../tensor/fused/accumulate.ts";
import { ADAMW } from "../../../tensor/fused/adamw.ts";
import { GLOBAL_NORM } from "../../../tensor/fused/global-norm.ts";
import type { tf } from "../../../tensor/tf.ts";
import type { NativeBackend } from "../backend.ts";
import { input, type NativeKernel, type NativeKernelCall } from "../kernel.ts";

export const OPTIMISER: readonly NativeKernel[] = [
  { name: ADAMW, run: adamW },
  { name: GLOBAL_NORM, run: globalNorm },
  { name: ACCUMULATE, run: accumulate },
];

/** What an update takes and gives, in the order of its outputs. */
const STATE = ["param", "mu", "nu", "ema"] as const;

function adamW(call: NativeKernelCall): tf.TensorInfo[] {
  const { backend } = call;
  const { shape } = input(call, "param");
  const inputs = [...STATE, "grad"].map((name) => {
    expectShape(ADAMW, name, input(call, name), shape);
    return backend.floats(input(call, name));
  });
  const norm = backend.output([]); // before any input is given away
  const next = STATE.map((name) => inPlaceOf(backend, input(call, name)));
  const [param, mu, nu, ema, grad] = inputs as Five;
  const [nextParam, nextMu, nextNu, nextEma] = next.map((info) => backend.floats(info)) as Five;
  const factor = (name: string): number => call.attrs[name] as number;
  backend.floats(norm)[0] = backend.binding.adamW(
    param.length,
    param,
    mu,
    nu,
    ema,
    grad,
    nextParam,
    nextMu,
    nextNu,
    nextEma,
    factor("gradientScale"),
    factor("beta1"),
    factor("beta2"),
    factor("correction2"),
    factor("epsilon"),
    factor("rate"),
    factor("decay"),
    factor("emaDecay"),
  );
  return [...next, norm];
}

type Five = [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];

function globalNorm({ backend, inputs }: NativeKernelCall): tf.TensorInfo {
  const norm = backend.output([]);
  const tensors = Object.values(inputs).map((tensor) => backend.floats(tensor));
  backend.floats(norm)[0] = backend.binding.treeNorm(tensors);
  return norm;
}

function accumulate(call: NativeKernelCall): tf.TensorInfo {
  const { backend } = call;
  const sum = input(call, "sum");
  const term = input(call, "term");
  expectShape(ACCUMULATE, "term", term, sum.shape);
  const [from, added] = [backend.floats(sum), backend.floats(term)];
  const out = inPlaceOf(backend, sum);
  backend.binding.accumulate(from.length, from, added, backend.floats(out));
  return out;
}

/** A tensor in the memory of `donor` if nothing else uses that, else in memory of its own. */
function inPlaceOf(backend: NativeBackend, donor: tf.TensorInfo): tf.TensorInfo {
  return backend.canDonate(donor) ? backend.outputOver(donor) : backend.output(donor.shape);
}
