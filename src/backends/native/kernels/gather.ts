import { tf } from "../../../tensor/tf.ts";
import { unlessAll, unlessNumeric } from "../declines.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { valuesOf } from "../layout/copy.ts";
import type { NumericType } from "../memory/values.ts";

/** Slices of x along an axis, by index; an index outside is an error. */
export const GATHER: NativeKernel = {
  name: tf.GatherV2,
  declines: (call) => unlessNumeric(input(call, "x")) ?? unlessAll("int32", input(call, "indices")),
  run: (call) => {
    const { backend, attrs } = call;
    const [x, indices] = [input(call, "x"), input(call, "indices")];
    const axis = tf.util.parseAxisParam(attrs.axis as number, x.shape)[0] as number;
    const { batchSize, outerSize, dimSize, sliceSize, outputShape } =
      tf.backend_util.segment_util.collectGatherOpShapeInfo(
        x as tf.Tensor,
        indices as tf.Tensor,
        axis,
        (attrs.batchDims as number | undefined) ?? 0,
      );
    const out = backend.output(outputShape, x.dtype as NumericType);
    const values = valuesOf(backend, x);
    backend.binding.gather(
      values.BYTES_PER_ELEMENT,
      batchSize,
      outerSize,
      dimSize,
      batchSize === 0 ? 0 : tf.util.sizeFromShape(indices.shape) / batchSize,
      sliceSize,
      values,
      backend.ints(indices),
      valuesOf(backend, out),
    );
    return out;
  },
};
