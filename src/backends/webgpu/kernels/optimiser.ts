/** AdamW, and the norm that clipping asks for. */

import { ADAMW } from "../../../tensor/fused/adamw.ts";
import { GLOBAL_NORM } from "../../../tensor/fused/global-norm.ts";
import type { tf } from "../../../tensor/tf.ts";
import { elementwise } from "./elementwise.ts";
import { input, type WebGpuKernel } from "./kernel.ts";
import { norm } from "./sum.ts";

export const WEBGPU_GLOBAL_NORM: WebGpuKernel = {
  name: GLOBAL_NORM,
  run: ({ inputs, runner }) => [norm(runner, Object.values(inputs))],
};

/** A program has one output, so each of the four is one; together they read what they need thirteen times, not 60. */
export const WEBGPU_ADAMW: WebGpuKernel = {
  name: ADAMW,
  run(call) {
    const { runner, attrs } = call;
    const [param, mu, nu, ema, grad] = ["param", "mu", "nu", "ema", "grad"].map((name) =>
      input(call, name),
    ) as [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo, tf.TensorInfo, tf.TensorInfo];
    const { gradientScale, beta1, beta2, correction2, epsilon, rate, decay, emaDecay } =
      attrs as unknown as Settings;
    const nextMu = elementwise(runner, {
      name: "gdiffAdamWMu",
      inputs: { mu, grad },
      floats: { scale: gradientScale, keep: beta1, take: 1 - beta1 },
      value: "uniforms.keep * mu[index] + uniforms.take * (uniforms.scale * grad[index])",
    });
    const nextNu = elementwise(runner, {
      name: "gdiffAdamWNu",
      inputs: { nu, grad },
      floats: { scale: gradientScale, keep: beta2, take: 1 - beta2 },
      value:
        "uniforms.keep * nu[index] + uniforms.take * (uniforms.scale * grad[index]) * (uniforms.scale * grad[index])",
    });
    const nextParam = elementwise(runner, {
      name: "gdiffAdamWParam",
      inputs: { param, mu: nextMu, nu: nextNu },
      floats: { correction2, epsilon, rate, decay },
      value:
        "uniforms.decay * param[index] - " +
        "uniforms.rate * (mu[index] / (sqrt(nu[index]) / uniforms.correction2 + uniforms.epsilon))",
    });
    const nextEma = elementwise(runner, {
      name: "gdiffAdamWEma",
      inputs: { ema, param: nextParam },
      floats: { keep: emaDecay, take: 1 - emaDecay },
      value: "uniforms.keep * ema[index] + uniforms.take * param[index]",
    });
    return [nextParam, nextMu, nextNu, nextEma, norm(runner, [nextParam])];
  },
};

interface Settings {
  readonly gradientScale: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly correction2: number;
  readonly epsilon: number;
  readonly rate: number;
  readonly decay: number;
  readonly emaDecay: number;
}
