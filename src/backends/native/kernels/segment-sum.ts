import { tf } from "../../../tensor/tf.ts";
import { unlessAll } from "../declines.ts";
import { input, type NativeKernel } from "../kernel.ts";

/**
 * Row s of the result is the sum of the rows of x whose segment id is s. The cpu backend multiplies every row by 0 or
 * 1 for every segment, so that there one infinite value makes all segments NaN; here it stays in its own.
 */
export const SEGMENT_SUM: NativeKernel = {
  name: tf.UnsortedSegmentSum,
  declines: (call) => {
    const [x, ids] = [input(call, "x"), input(call, "segmentIds")];
    if (ids.shape.length !== 1 || ids.shape[0] !== x.shape[0]) return "by more than rows";
    return unlessAll("float32", x) ?? unlessAll("int32", ids);
  },
  run: (call) => {
    const { backend } = call;
    const [x, ids] = [input(call, "x"), input(call, "segmentIds")];
    const segments = call.attrs.numSegments as number;
    const [rows, ...rest] = x.shape as [number, ...number[]];
    const out = backend.output([segments, ...rest]);
    backend.binding.segmentSum(
      rows,
      tf.util.sizeFromShape(rest),
      segments,
      backend.floats(x),
      backend.ints(ids),
      backend.floats(out),
    );
    return out;
  },
};
