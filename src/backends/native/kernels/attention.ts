import { ATTENTION, ATTENTION_GRAD } from "../../../tensor/fused/attention.ts";
import type { AttentionSizes, NativeAttentionPattern } from "../bindings/attention.ts";
import { input, type NativeKernel, type NativeKernelCall } from "../kernel.ts";

type Shape = [batch: number, heads: number, length: number, headWidth: number];

function sizesOf(call: NativeKernelCall): AttentionSizes {
  const { attrs, backend } = call;
  const [batch, heads, queries, headWidth] = input(call, "q").shape as Shape;
  const keys = input(call, "k").shape[2] as number;
  const lengths = attrs.lengths as readonly number[] | undefined;
  return [
    batch,
    heads,
    queries,
    keys,
    headWidth,
    attrs.pattern as NativeAttentionPattern,
    attrs.block as number,
    attrs.offset as number,
    lengths && Int32Array.from(lengths),
    backend.isBf16,
  ];
}

const forward: NativeKernel = {
  name: ATTENTION,
  run: (call) => {
    const { backend, attrs } = call;
    const q = input(call, "q");
    const out = backend.output(q.shape);
    const [batch, heads, queries] = q.shape as Shape;
    const kept = attrs.keep === true ? backend.opaque(4 * batch * heads * queries) : undefined;
    backend.binding.attentionForward(
      ...sizesOf(call),
      backend.floats(q),
      backend.floats(input(call, "k")),
      backend.floats(input(call, "v")),
      backend.floats(out),
      kept && backend.ints(kept),
    );
    return kept === undefined ? [out] : [out, kept];
  },
};

const backward: NativeKernel = {
  name: ATTENTION_GRAD,
  run: (call) => {
    const { backend } = call;
    const [q, k, v] = [input(call, "q"), input(call, "k"), input(call, "v")];
    const [dq, dk, dv] = [
      backend.output(q.shape),
      backend.output(k.shape),
      backend.output(v.shape),
    ];
    backend.binding.attentionBackward(
      ...sizesOf(call),
      backend.floats(q),
      backend.floats(k),
      backend.floats(v),
      backend.floats(input(call, "out")),
      backend.ints(input(call, "kept")),
      backend.floats(input(call, "dOut")),
      backend.floats(dq),
      backend.floats(dk),
      backend.floats(dv),
    );
    return [dq, dk, dv];
  },
};

export const ATTENTIONS: readonly NativeKernel[] = [forward, backward];
