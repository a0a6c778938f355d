import { expect, it } from "vitest";
import { naiveAdamW } from "../../naive/adamw.ts";
import { binding, describeEachInstructionSet, values, withEachThreadCount } from "./support.ts";

const unwritten = (count: number): Float32Array => new Float32Array(count).fill(Number.NaN);

/** Around every edge: of a vector, of a task of the update (8,192 values), of one of a sum (32,768). */
const SIZES = [0, 1, 2, 3, 7, 8, 15, 16, 17, 33, 257, 8191, 8192, 8193, 32_767, 32_768, 65_537];

const STEP = {
  learningRate: 0.01,
  beta1: 0.9,
  beta2: 0.95,
  weightDecay: 0.1,
  count: 3,
  gradientScale: 0.5,
};
const EMA_DECAY = 0.75;

interface State {
  readonly param: Float32Array;
  readonly mu: Float32Array;
  readonly nu: Float32Array;
  readonly ema: Float32Array;
}

function makeState(size: number): State {
  const nu = values(size, 2).map((value) => value * value);
  return { param: values(size, 0), mu: values(size, 1), nu, ema: values(size, 3) };
}

/** Updates `from` into `to` and returns the norm. */
function update(size: number, from: State, grad: Float32Array, to: State): number {
  const { learningRate, beta1, beta2, weightDecay, count, gradientScale } = STEP;
  return binding.adamW(
    size,
    from.param,
    from.mu,
    from.nu,
    from.ema,
    grad,
    to.param,
    to.mu,
    to.nu,
    to.ema,
    gradientScale,
    beta1,
    beta2,
    Math.sqrt(1 - beta2 ** count),
    1e-8,
    learningRate / (1 - beta1 ** count),
    1 - learningRate * weightDecay,
    EMA_DECAY,
  );
}

function naive(size: number, from: State, grad: Float32Array): State {
  const to = { param: [], mu: [], nu: [], ema: [] } as Record<keyof State, number[]>;
  for (let i = 0; i < size; i++) {
    const at = (array: Float32Array): number => array[i] as number;
    const [param, mu, nu] = naiveAdamW(at(from.param), at(grad), at(from.mu), at(from.nu), STEP);
    to.param.push(param);
    to.mu.push(mu);
    to.nu.push(nu);
    to.ema.push(EMA_DECAY * at(from.ema) + (1 - EMA_DECAY) * param);
  }
  const { param, mu, nu, ema } = to;
  return {
    param: Float32Array.from(param),
    mu: Float32Array.from(mu),
    nu: Float32Array.from(nu),
    ema: Float32Array.from(ema),
  };
}

const norm = (...arrays: readonly Float32Array[]): number =>
  Math.sqrt(arrays.reduce((sum, array) => array.reduce((rest, x) => rest + x * x, sum), 0));

/** Bitwise; vitest's own comparison of long arrays takes seconds. */
function expectSame(actual: Float32Array, expected: Float32Array): void {
  const bytes = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
    Buffer.from(buffer, byteOffset, byteLength);
  expect(bytes(actual).equals(bytes(expected))).toBe(true);
}

const FIELDS = ["param", "mu", "nu", "ema"] as const;

function expectSameState(actual: State, expected: State): void {
  for (const name of FIELDS) expectSame(actual[name], expected[name]);
}

function expectNear(actual: Float32Array, expected: Float32Array, name: string): void {
  expect(actual.length).toBe(expected.length);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const wanted = expected[i] as number;
    worst = Math.max(worst, Math.abs((actual[i] as number) - wanted) / (Math.abs(wanted) + 1));
    if (Number.isNaN(actual[i])) worst = Number.POSITIVE_INFINITY;
  }
  expect(worst, name).toBeLessThan(3e-7);
}

describeEachInstructionSet("adamW", () => {
  it.each(SIZES)("updates %i values as float64 loops do, whatever the threads", (size) => {
    const from = makeState(size);
    const grad = values(size, 4);
    const before = structuredClone({ from, grad });
    const results = withEachThreadCount(() => {
      const to = {
        param: unwritten(size),
        mu: unwritten(size),
        nu: unwritten(size),
        ema: unwritten(size),
      };
      return { to, parameterNorm: update(size, from, grad, to) };
    });
    const expected = naive(size, from, grad);
    const { to, parameterNorm } = results[0] as (typeof results)[number];
    for (const name of FIELDS) expectNear(to[name], expected[name], name);
    expect(parameterNorm).toBe(Math.fround(norm(to.param)));
    for (const result of results) {
      expectSameState(result.to, to);
      expect(result.parameterNorm).toBe(parameterNorm);
    }
    expectSameState(from, before.from);
    expectSame(grad, before.grad);
  });

  it("writes the same over its inputs", () => {
    for (const size of [5, 16, 8193]) {
      const state = makeState(size);
      const grad = values(size, 4);
      const apart = makeState(size);
      update(size, makeState(size), grad, apart);
      update(size, state, grad, state);
      expectSameState(state, apart);
    }
  });

  it("gives a norm that is not finite when any value is not, and only then", () => {
    const size = 37;
    for (const [bad, at] of [
      [Number.NaN, 36],
      [Number.POSITIVE_INFINITY, 0],
    ] as const) {
      const grad = values(size, 4);
      grad[at] = bad;
      expect(update(size, makeState(size), grad, makeState(size))).not.toSatisfy(Number.isFinite);
    }
    const large = makeState(size);
    large.param.fill(1e30); // its square is no float32
    const to = makeState(size);
    expect(update(size, large, values(size, 4), to)).toBeCloseTo(norm(to.param) / 1, -24);
  });
});

describeEachInstructionSet("treeNorm", () => {
  it("is the root of the sum of squares over all tensors, whatever the threads", () => {
    for (const sizes of [[], [0], [1], SIZES, [...SIZES].reverse(), [100_003, 3]]) {
      const tensors = sizes.map((size, i) => values(size, i));
      const results = withEachThreadCount(() => binding.treeNorm(tensors));
      const expected = norm(...tensors);
      expect(Math.abs((results[0] as number) - expected)).toBeLessThanOrEqual(1e-7 * expected);
      expect(new Set(results).size).toBe(1);
    }
  });

  it("neither overflows nor loses small terms among large ones", () => {
    expect(binding.treeNorm([Float32Array.of(3e30, 4e30)])).toBe(Math.fround(5e30));
    const many = new Float32Array(1 << 20).fill(1e-4); // 1.05e-2 in sum, each far below one ulp of 4096²
    const exact = Math.sqrt(4096 ** 2 + many.length * Math.fround(1e-4) ** 2);
    expect(binding.treeNorm([Float32Array.of(4096), many])).toBe(Math.fround(exact));
    expect(binding.treeNorm([Float32Array.of(1, Number.NaN)])).toBeNaN();
  });

  it("names what it does not take", () => {
    const expected = "native treeNorm: expected tensors to be an array of Float32Arrays, got ";
    for (const [tensors, got] of [
      [[new Float32Array(1), new Int32Array(1)], "a typed array of another kind at 1"],
      [[3], "a number at 0"],
      [7, "a number"],
    ] as const) {
      // The wrong types are the test.
      expect(() => binding.treeNorm(tensors as unknown as Float32Array[])).toThrow(
        new RegExp(`^${expected}${got}$`),
      );
    }
  });
});

describeEachInstructionSet("accumulate", () => {
  it.each(SIZES)("adds %i values, apart and in place", (size) => {
    const [sum, term] = [values(size, 1), values(size, 2)];
    const expected = sum.map((value, i) => value + (term[i] as number));
    const outputs = withEachThreadCount(() => {
      const out = unwritten(size);
      binding.accumulate(size, sum, term, out);
      return out;
    });
    for (const out of outputs) expectSame(out, expected);
    binding.accumulate(size, sum, term, sum);
    expectSame(sum, expected);
  });
});
