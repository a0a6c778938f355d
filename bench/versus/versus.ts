/** gdiff and its peers on the same weights and batches, in turns, each in its own process. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { encodeSafetensors } from "../../src/tensor/safetensors.ts";
import { packageRoot } from "../../src/util/package-root.ts";
import type { VersusOptions } from "../arguments.ts";
import type { BenchSettings, WorkloadName } from "../settings.ts";
import { WORKLOAD_KINDS } from "../workloads/kinds.ts";
import type { StepResult } from "../workloads/workload.ts";
import { compare, type VersusResult } from "./compare.ts";
import { peerModesOf } from "./peer-modes.ts";
import type { Opened } from "./protocol.ts";
import { peerPython } from "./python.ts";
import { Side } from "./side.ts";

/** What one program did. */
export interface SideRun extends Opened {
  /** `gdiff`, or the peer's mode. */
  readonly name: string;
  /** Every step, the warm-up's too. */
  readonly steps: readonly StepResult[];
  readonly peakRssMb: number;
  readonly findings: Readonly<Record<string, number>>;
}

/** Milliseconds before a turn, in which the last one's idle threads stop looking for work. */
const PAUSE = 20;

/**
 * Compares one workload.
 *
 * @throws {PeerError} when a program is not there or fails
 */
export async function runVersus(
  workload: WorkloadName,
  settings: BenchSettings,
  { python, peerModes }: VersusOptions,
  notify: (line: string) => void,
): Promise<VersusResult> {
  const modes = peerModesOf(workload, peerModes);
  const interpreter = modes.length === 0 ? "" : peerPython(python);
  const folder = mkdtempSync(join(tmpdir(), "gdiff-versus-"));
  const sides: Side[] = [];
  try {
    const inputs = join(folder, "inputs.safetensors");
    writeFileSync(inputs, encodeSafetensors(await WORKLOAD_KINDS[workload].inputs(settings)));
    const script = join(packageRoot(), "bench", "peers", "serve.py");
    sides.push(new Side("gdiff", process.execPath, [serverPath()], settings.threads));
    for (const mode of modes) sides.push(new Side(mode, interpreter, [script], settings.threads));
    const runs = await runInTurns(sides, workload, settings, inputs, notify);
    return compare(workload, settings, runs);
  } finally {
    for (const side of sides) side.stop();
    rmSync(folder, { recursive: true });
  }
}

/** The built program, from sources too. */
function serverPath(): string {
  return join(packageRoot(), "dist", "bench", "versus", "serve.js");
}

async function runInTurns(
  sides: readonly Side[],
  workload: WorkloadName,
  settings: BenchSettings,
  inputs: string,
  notify: (line: string) => void,
): Promise<SideRun[]> {
  const opened = await Promise.all(
    sides.map((side) => side.open({ open: workload, settings, inputs, mode: side.name })),
  );
  const steps: StepResult[][] = sides.map(() => []);
  for (let index = 0; index < settings.warmup + settings.steps; index++) {
    notify(`step ${index + 1} of ${settings.warmup + settings.steps}`);
    for (let turn = 0; turn < sides.length; turn++) {
      const place = (turn + index) % sides.length; // nobody always comes after the same one
      await setTimeout(PAUSE);
      steps[place]?.push(await (sides[place] as Side).step(index));
    }
  }
  const runs: SideRun[] = [];
  for (const [i, side] of sides.entries()) {
    const finished = await side.finish();
    runs.push({ ...(opened[i] as Opened), name: side.name, steps: steps[i] ?? [], ...finished });
  }
  return runs;
}
