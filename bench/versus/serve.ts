/** gdiff as a program under comparison; started by side.ts, never by hand. */

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { decodeSafetensors } from "../../src/tensor/safetensors.ts";
import { packageVersion } from "../../src/util/package-root.ts";
import { backendFindings, startProfile } from "../profile.ts";
import type { RunSettings } from "../settings.ts";
import { startBackend } from "../start-backend.ts";
import { WORKLOAD_KINDS } from "../workloads/kinds.ts";
import type { Workload } from "../workloads/workload.ts";
import type { Finished, Opened, Request } from "./protocol.ts";

type OpenRequest = Extract<Request, { readonly open: unknown }>;

interface Made {
  readonly workload: Workload;
  readonly settings: RunSettings;
  readonly opened: Opened;
}

async function open(request: OpenRequest): Promise<Made> {
  const { settings, instructionSet } = await startBackend(request.settings);
  const { arrays } = decodeSafetensors(readFileSync(request.inputs), request.inputs);
  const workload = WORKLOAD_KINDS[request.open].open(settings, arrays);
  const { threads, precision } = settings;
  const who = `gdiff ${packageVersion()}`;
  const opened = { who, threads, precision };
  return {
    workload,
    settings,
    opened: instructionSet === undefined ? opened : { ...opened, instructionSet },
  };
}

function finish(workload: Workload, steps: number): Finished {
  const findings = { ...workload.findings(), ...backendFindings(steps) };
  return { peakRssMb: process.resourceUsage().maxRSS / 1024, findings };
}

const answer = (value: unknown): boolean => process.stdout.write(`${JSON.stringify(value)}\n`);

let workload: Workload | undefined;
let settings: RunSettings | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request;
  if ("open" in request) {
    const made = await open(request);
    workload = made.workload;
    settings = made.settings;
    answer(made.opened);
  } else if (workload === undefined || settings === undefined) {
    throw new Error("expected open before any other request");
  } else if ("step" in request) {
    if (request.step === settings.warmup) startProfile();
    answer(await workload.step(request.step));
  } else {
    answer(finish(workload, settings.steps));
  }
}
