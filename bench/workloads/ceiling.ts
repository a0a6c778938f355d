/** The machine's own arithmetic and copying, measured between a product's steps. */

import type { Binding } from "../../src/backends/native/binding.ts";
import { median } from "../median.ts";

/** 64 MiB: larger than the caches' share of a processor. */
const COPIED = 2 ** 24;
/** A task is long beside its start, short beside a pause of the processor. */
const ROUNDS = 20_000;
const TASKS = 64;
const COPIES = 3;

export interface Ceiling {
  /** Floating-point operations a second, all threads. */
  readonly flopsPerSecond: number;
  /** Bytes read plus bytes written, a second, all threads. */
  readonly bytesPerSecond: number;
}

export interface CeilingMeter {
  /** Measures once; some tens of milliseconds. */
  sample(): void;
  /** Medians over the samples. */
  read(): Ceiling;
}

export function ceilingMeter(binding: Binding, isBf16: boolean): CeilingMeter {
  const from = new Float32Array(binding.allocate(4 * COPIED)).fill(1);
  const to = new Float32Array(binding.allocate(4 * COPIED)).fill(0);
  const flops: number[] = [];
  const bytes: number[] = [];
  return {
    sample: () => {
      let start = performance.now();
      const operations = binding.measureArithmetic(TASKS, ROUNDS, isBf16);
      flops.push((operations * 1000) / (performance.now() - start));
      start = performance.now();
      for (let i = 0; i < COPIES; i++) binding.measureCopy(COPIED, from, to);
      bytes.push((COPIES * 2 * 4 * COPIED * 1000) / (performance.now() - start));
    },
    read: () => ({ flopsPerSecond: median(flops), bytesPerSecond: median(bytes) }),
  };
}
