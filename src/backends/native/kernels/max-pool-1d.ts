import { expectShape } from "../../../tensor/expect-shape.ts";
import { MAX_POOL_1D, MAX_POOL_1D_BACKWARD } from "../../../tensor/fused/max-pool-1d.ts";
import { input, type NativeKernel } from "../kernel.ts";

type Three = [number, number, number];

const maxPool: NativeKernel = {
  name: MAX_POOL_1D,
  run: (call) => {
    const { backend, attrs } = call;
    const x = input(call, "x");
    const window = attrs.window as number;
    const sizes = expectShape(MAX_POOL_1D, "x", x, ["batch", "length", "width"]);
    const [batch, length, width] = sizes as Three;
    const out = backend.output([batch, Math.floor(length / window), width]);
    backend.binding.maxPoolForward(
      batch,
      length,
      width,
      window,
      backend.floats(x),
      backend.floats(out),
    );
    return out;
  },
};

const maxPoolBackward: NativeKernel = {
  name: MAX_POOL_1D_BACKWARD,
  run: (call) => {
    const { backend, attrs } = call;
    const [x, dy] = [input(call, "x"), input(call, "dy")];
    const window = attrs.window as number;
    const sizes = expectShape(MAX_POOL_1D_BACKWARD, "x", x, ["batch", "length", "width"]);
    const [batch, length, width] = sizes as Three;
    expectShape(MAX_POOL_1D_BACKWARD, "dy", dy, [batch, Math.floor(length / window), width]);
    const dx = backend.output(x.shape);
    backend.binding.maxPoolBackward(
      batch,
      length,
      width,
      window,
      backend.floats(x),
      backend.floats(dy),
      backend.floats(dx),
    );
    return dx;
  },
};

export const MAX_POOLS: readonly NativeKernel[] = [maxPool, maxPoolBackward];
