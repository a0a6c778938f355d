/** What is measured, and how large. */

import type { Precision } from "../src/backends/native/backend.ts";

export const WORKLOAD_NAMES = [
  "train-step",
  "forward",
  "gemm",
  "attention",
  "sample",
  "ancestral",
] as const;

export type WorkloadName = (typeof WORKLOAD_NAMES)[number];

export const BENCH_BACKENDS = ["native", "wasm", "cpu", "tensorflow", "webgpu"] as const;

export type BenchBackend = (typeof BENCH_BACKENDS)[number];

export interface BenchSettings {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Bases of a window. */
  readonly length: number;
  /** Windows of a step. */
  readonly batch: number;
  /** Steps that are timed; the median counts. */
  readonly steps: number;
  /** Steps before them. */
  readonly warmup: number;
  readonly threads: number;
  readonly backend: BenchBackend;
  /** Absent: bf16 where the processor multiplies bfloat16, else fp32. */
  readonly precision?: Precision;
  /** gemm multiplies two square matrices of this size instead of the model's products. */
  readonly size?: number;
  /** sample, ancestral: calls of the network for a sequence; absent: one a base. */
  readonly calls?: number;
}

export const DEFAULT_SETTINGS: BenchSettings = {
  width: 256,
  layers: 8,
  heads: 4,
  length: 1024,
  batch: 4,
  steps: 5,
  warmup: 2,
  threads: 2,
  backend: "native",
};

/** Seed of every weight, base, mask and factor. */
export const SEED = 1;

/** Settings of a run that has begun. */
export interface RunSettings extends BenchSettings {
  readonly precision: Precision;
}
