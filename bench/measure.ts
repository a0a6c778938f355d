/** Measures one workload in this process. */

import { type KernelProfile, kernelProfile, startProfile } from "./profile.ts";
import { type BenchResult, benchResult } from "./result.ts";
import type { BenchSettings, WorkloadName } from "./settings.ts";
import { startBackend } from "./start-backend.ts";
import { WORKLOAD_KINDS } from "./workloads/kinds.ts";
import type { StepResult } from "./workloads/workload.ts";

export interface Measured {
  readonly result: BenchResult;
  /** Of every step, the warm-up's too. */
  readonly values: readonly (readonly number[])[];
  /** What ran on the native backend, the longest first; none on others. */
  readonly kernels: readonly KernelProfile[];
}

export async function measure(name: WorkloadName, wanted: BenchSettings): Promise<Measured> {
  const started = await startBackend(wanted);
  const { settings } = started;
  const kind = WORKLOAD_KINDS[name];
  const workload = kind.open(settings, await kind.inputs(settings));
  const steps: StepResult[] = [];
  for (let index = 0; index < settings.warmup + settings.steps; index++) {
    if (index === settings.warmup) startProfile();
    steps.push(await workload.step(index));
  }
  return {
    result: benchResult(name, started, workload, steps.slice(settings.warmup)),
    values: steps.map(({ values }) => values),
    kernels: kernelProfile(settings.steps),
  };
}
