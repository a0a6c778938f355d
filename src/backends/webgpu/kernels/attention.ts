/**
 * Attention, a thread a query, that never holds [queries, keys]: the softmax is rescaled as larger scores come (Milakov
 * and Gimelshein, arXiv:1805.02867), and the gradient computes weights again from each query's log Σ exp
 * (FlashAttention, arXiv:2205.14135, algorithm 4): the score of q and k is weight · (dOut · v − Σ dOut · out) / √width.
 * Arrays begin with zeros (WGSL, section 7.3).
 */

import { ATTENTION, ATTENTION_GRAD } from "../../../tensor/fused/attention.ts";
import { run, shaped } from "../program.ts";
import { part, withAttention } from "./attention-call.ts";
import { rowCode } from "./attention-code.ts";
import { input, type WebGpuKernel } from "./kernel.ts";

export const WEBGPU_ATTENTION: WebGpuKernel = {
  name: ATTENTION,
  run: (call) =>
    withAttention(call, ({ q, v, queryRows, width, attend }) => {
      const isKept = call.attrs.keep === true;
      const [batch, heads, queries] = q.shape as [number, number, number];
      // With `keep` the log Σ exp of each query stands behind the output, since a program has one output.
      const outSize = queryRows * width;
      const whole = attend({
        name: isKept ? "gdiffAttentionKept" : "gdiffAttention",
        inputs: { v },
        ...{ size: isKept ? outSize + queryRows : outSize, threads: queryRows },
        code: `
          fn main(index : i32) {
            if (index >= uniforms.queryRows) { return; }
            let query = index % uniforms.queries;
            let head = index / uniforms.queries;
            var own = row_q(index);
            var sums : array<f32, ${width}>;
            var most = -3.0e38;
            var total = 0.0;
            for (var key = 0; key < keysEnd(query); key = key + 1) {
              if (!sees(head / uniforms.heads, query, key)) { continue; }
              let at = head * uniforms.keys + key;
              let score = times_k(&own, at) * SCALE;
              let next = max(most, score);
              let shrink = exp(most - next);
              let weight = exp(score - next);
              total = total * shrink + weight;
              for (var d = 0; d < ${width}; d = d + 1) {
                sums[d] = sums[d] * shrink + weight * v[at * ${width} + d];
              }
              most = next;
            }
            for (var d = 0; d < ${width}; d = d + 1) { result[index * ${width} + d] = sums[d] / total; }
            ${isKept ? `result[uniforms.queryRows * ${width} + index] = most + log(total);` : ""}
          }`,
      });
      if (!isKept) return [shaped(whole, q.shape)];
      const out = shaped(part(call, whole, 0, outSize), q.shape);
      const kept = shaped(part(call, whole, outSize, queryRows), [batch, heads, queries]);
      call.runner.disposeData(whole.dataId);
      return [out, kept];
    }),
};

export const WEBGPU_ATTENTION_GRAD: WebGpuKernel = {
  name: ATTENTION_GRAD,
  run: (call) =>
    withAttention(call, ({ q, k, v, queryRows, keyRows, width, attend }) => {
      const [dOut, logSums] = [input(call, "dOut"), input(call, "kept")];
      // Σ dOut · out of each query: what the softmax takes off every weight's gradient.
      const shares = run(call.runner, {
        name: `gdiffAttentionShares_${width}`,
        inputs: { dOut, mixed: input(call, "out") },
        ...{ size: queryRows, threads: queryRows, integers: { count: queryRows } },
        code: `
          fn main(index : i32) {
            if (index >= uniforms.count) { return; }
            var sum = 0.0;
            for (var d = 0; d < ${width}; d = d + 1) {
              sum = sum + dOut[index * ${width} + d] * mixed[index * ${width} + d];
            }
            result[index] = sum;
          }`,
      });
      const inputs = { v, dOut, logSums, shares };
      const dq = attend({
        ...{ name: "gdiffAttentionGradQ", inputs, size: queryRows * width, threads: queryRows },
        code: `${rowCode("v", width)}${rowCode("dOut", width)}
          fn main(index : i32) {
            if (index >= uniforms.queryRows) { return; }
            let query = index % uniforms.queries;
            let head = index / uniforms.queries;
            var own = row_q(index);
            var ownGradient = row_dOut(index);
            let logSum = logSums[index];
            let share = shares[index];
            var sums : array<f32, ${width}>;
            for (var key = 0; key < keysEnd(query); key = key + 1) {
              if (!sees(head / uniforms.heads, query, key)) { continue; }
              let at = head * uniforms.keys + key;
              let weight = exp(times_k(&own, at) * SCALE - logSum);
              let gradient = weight * (times_v(&ownGradient, at) - share) * SCALE;
              for (var d = 0; d < ${width}; d = d + 1) {
                sums[d] = sums[d] + gradient * k[at * ${width} + d];
              }
            }
            for (var d = 0; d < ${width}; d = d + 1) { result[index * ${width} + d] = sums[d]; }
          }`,
      });
      // The gradients of k and, behind them, of v, for which the weights are needed alike.
      const both = attend({
        ...{ name: "gdiffAttentionGradKV", inputs, size: 2 * keyRows * width, threads: keyRows },
        code: `${rowCode("v", width)}${rowCode("dOut", width)}
          fn main(index : i32) {
            if (index >= uniforms.keyRows) { return; }
            let key = index % uniforms.keys;
            let head = index / uniforms.keys;
            var ownKey = row_k(index);
            var ownValue = row_v(index);
            var dk : array<f32, ${width}>;
            var dv : array<f32, ${width}>;
            for (var query = 0; query < uniforms.queries; query = query + 1) {
              if (!sees(head / uniforms.heads, query, key)) { continue; }
              let at = head * uniforms.queries + query;
              let weight = exp(times_q(&ownKey, at) * SCALE - logSums[at]);
              let gradient = weight * (times_dOut(&ownValue, at) - shares[at]) * SCALE;
              for (var d = 0; d < ${width}; d = d + 1) {
                dk[d] = dk[d] + gradient * q[at * ${width} + d];
                dv[d] = dv[d] + weight * dOut[at * ${width} + d];
              }
            }
            for (var d = 0; d < ${width}; d = d + 1) {
              result[index * ${width} + d] = dk[d];
              result[(uniforms.keyRows + index) * ${width} + d] = dv[d];
            }
          }`,
      });
      const size = keyRows * width;
      const [dk, dv] = [part(call, both, 0, size), part(call, both, size, size)];
      for (const { dataId } of [shares, both]) call.runner.disposeData(dataId);
      return [shaped(dq, q.shape), shaped(dk, k.shape), shaped(dv, v.shape)];
    }),
};
