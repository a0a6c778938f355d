import { expectShape } from "../../../tensor/expect-shape.ts";
import { MEAN_POOL, MEAN_POOL_BACKWARD } from "../../../tensor/fused/mean-pool.ts";
import { input, type NativeKernel, type NativeKernelCall } from "../kernel.ts";

const meanPool: NativeKernel = {
  name: MEAN_POOL,
  run: (call) => {
    const { backend } = call;
    const x = input(call, "x");
    const sizes = expectShape(MEAN_POOL, "x", x, ["batch", "length", "width"]);
    const [batch = 0, length = 0, width = 0] = sizes;
    const out = backend.output([batch, width]);
    backend.binding.meanPoolForward(
      batch,
      length,
      width,
      backend.floats(x),
      lengths(call),
      backend.floats(out),
    );
    return out;
  },
};

const meanPoolBackward: NativeKernel = {
  name: MEAN_POOL_BACKWARD,
  run: (call) => {
    const { backend, attrs } = call;
    const dy = input(call, "dy");
    const length = attrs.length as number;
    const [batch = 0, width = 0] = expectShape(MEAN_POOL_BACKWARD, "dy", dy, ["batch", "width"]);
    const dx = backend.output([batch, length, width]);
    backend.binding.meanPoolBackward(
      batch,
      length,
      width,
      backend.floats(dy),
      lengths(call),
      backend.floats(dx),
    );
    return dx;
  },
};

export const MEAN_POOLS: readonly NativeKernel[] = [meanPool, meanPoolBackward];

function lengths({ attrs }: NativeKernelCall): Int32Array {
  return Int32Array.from(attrs.lengths as readonly number[]);
}
