import {
  ATTENTION_SUBLAYER,
  ATTENTION_SUBLAYER_GRAD,
} from "../../../tensor/fused/attention-sublayer.ts";
import type { NativeAttentionPattern } from "../bindings/attention.ts";
import type {
  AttentionSublayerSizes,
  AttentionSublayerTensors,
} from "../bindings/attention-sublayer.ts";
import { input, type NativeKernel, type NativeKernelCall } from "../kernel.ts";

function sizesOf(call: NativeKernelCall): AttentionSublayerSizes {
  const { attrs, backend } = call;
  const heads = attrs.heads as number;
  const width = input(call, "x").shape[1] as number;
  const lengths = attrs.lengths as readonly number[] | undefined;
  return [
    attrs.batch as number,
    heads,
    attrs.length as number,
    width / heads,
    attrs.pattern as NativeAttentionPattern,
    attrs.block as number,
    attrs.offset as number,
    lengths && Int32Array.from(lengths),
    attrs.epsilon as number,
    backend.isBf16,
  ];
}

function tensorsOf(call: NativeKernelCall): AttentionSublayerTensors {
  const names = ["gain", "qkv", "out", "cos", "sin", "x"];
  return names.map((name) => call.backend.floats(input(call, name))) as AttentionSublayerTensors;
}

const forward: NativeKernel = {
  name: ATTENTION_SUBLAYER,
  run: (call) => {
    const { backend, attrs } = call;
    const sizes = sizesOf(call);
    const y = backend.output(input(call, "x").shape);
    const kept =
      attrs.keep === true
        ? backend.opaque(backend.binding.attentionSublayerKeptBytes(...sizes))
        : undefined;
    backend.binding.attentionSublayerForward(
      ...sizes,
      ...tensorsOf(call),
      backend.floats(y),
      kept && backend.ints(kept),
    );
    return kept === undefined ? [y] : [y, kept];
  },
};

const backward: NativeKernel = {
  name: ATTENTION_SUBLAYER_GRAD,
  run: (call) => {
    const { backend } = call;
    const grads = ["x", "gain", "qkv", "out"].map((name) =>
      backend.output(input(call, name).shape),
    );
    const [dx, dGain, dQkv, dOut] = grads.map((info) => backend.floats(info)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    backend.binding.attentionSublayerBackward(
      ...sizesOf(call),
      ...tensorsOf(call),
      backend.ints(input(call, "kept")),
      backend.floats(input(call, "dy")),
      dx,
      dGain,
      dQkv,
      dOut,
    );
    return grads;
  },
};

export const ATTENTION_SUBLAYERS: readonly NativeKernel[] = [forward, backward];
