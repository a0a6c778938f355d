/**
 * How a program under comparison is driven: JSON lines on its stdin and stdout, one answer a request. Times are taken
 * inside the program, around the step alone.
 */

import type { BenchSettings, WorkloadName } from "../settings.ts";

export type Request =
  /** Comes first: what to do, and the safetensors file of its inputs. Answer: Opened. */
  | {
      readonly open: WorkloadName;
      readonly settings: BenchSettings;
      readonly inputs: string;
      readonly mode: string;
    }
  /** Answer: StepResult. */
  | { readonly step: number }
  /** Comes last. Answer: Finished. */
  | { readonly finish: true };

export interface Opened {
  readonly who: string;
  readonly threads: number;
  readonly precision: string;
  /** gdiff's. */
  readonly instructionSet?: string;
}

export interface Finished {
  /** Most memory that the process held, MiB. */
  readonly peakRssMb: number;
  readonly findings: Readonly<Record<string, number>>;
}
