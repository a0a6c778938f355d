/** What a measurement found; the JSON line that is printed. */

import { packageVersion } from "../src/util/package-root.ts";
import { median } from "./median.ts";
import { backendFindings } from "./profile.ts";
import type { WorkloadName } from "./settings.ts";
import type { StartedBackend } from "./start-backend.ts";
import { WORKLOAD_KINDS } from "./workloads/kinds.ts";
import type { StepResult, Workload } from "./workloads/workload.ts";

/** The first keys are those that the peer's own program prints too. */
export interface BenchResult {
  readonly who: string;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly length: number;
  readonly batch: number;
  readonly steps: number;
  readonly warmup: number;
  readonly threads: number;
  readonly precision: string;
  readonly mode: string;
  readonly compile: boolean;
  /** Median over the timed steps. */
  readonly secondsPerStep: number;
  /** Positions of a step a second; rows of the product with gemm --size. */
  readonly tokensPerSecond: number;
  /** Of the last step: loss in nats a base, or what the workload's file says. */
  readonly value: number;
  readonly parameters: number;
  /** Most memory that the process held, MiB. */
  readonly peakRssMb: number;
  readonly backend: string;
  readonly instructionSet?: string;
  /** Floating-point operations of the products, 10⁹ a second. */
  readonly gflops: number;
  /** gemm: rows and columns of the square matrices. */
  readonly size?: number;
  /** Beside the time: of the machine's ceiling (gemm), and of the native backend. */
  readonly findings: Readonly<Record<string, number>>;
}

/** Makes the result of the steps after the warm-up. */
export function benchResult(
  name: WorkloadName,
  { settings, instructionSet }: StartedBackend,
  workload: Workload,
  timedSteps: readonly StepResult[],
): BenchResult {
  const { width, layers, heads, length, batch, steps, warmup, threads } = settings;
  const secondsPerStep = median(timedSteps.map(({ seconds }) => seconds));
  return {
    who: `gdiff ${packageVersion()}`,
    ...{ width, layers, heads, length, batch, steps, warmup, threads },
    precision: settings.precision,
    mode: WORKLOAD_KINDS[name].mode,
    compile: false,
    secondsPerStep,
    tokensPerSecond: (settings.size ?? batch * length) / secondsPerStep,
    value: timedSteps.at(-1)?.values[0] ?? Number.NaN,
    parameters: workload.parameters,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
    backend: settings.backend,
    ...(instructionSet === undefined ? {} : { instructionSet }),
    gflops: workload.flops / secondsPerStep / 1e9,
    ...(settings.size === undefined ? {} : { size: settings.size }),
    findings: { ...workload.findings(), ...backendFindings(steps) },
  };
}
