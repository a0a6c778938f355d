/** Chooses the backend that computes. Nothing is chosen by importing. */

import { BackendError } from "../errors.ts";
import { firstLine } from "../util/first-line.ts";
import { BACKEND_NAMES, type BackendName } from "./backend-name.ts";
import { faultForAuto } from "./fault-for-auto.ts";
import type { Precision } from "./precision.ts";
import { type BackendWishes, START, type StartedBackend } from "./start.ts";
import { whyNotTried } from "./why-not-tried.ts";

export interface SelectedBackend {
  readonly name: BackendName;
  /** What products round their operands to. */
  readonly precision: Precision;
  /** Of the processor; absent where the backend does not say. */
  readonly instructionSet?: string;
  /** Of the GPU; absent where a processor computes. */
  readonly deviceName?: string;
  /** One line for the user: which, why, and what was passed over. */
  readonly notice: string;
}

/**
 * Makes `wanted` the backend of all following tensor operations; `auto` takes a GPU that passes a check of a second,
 * else the fastest on the processor.
 *
 * @throws {BackendError} when a backend asked for by name is unknown, not there, or has not what is wished
 * @throws {ConfigError} when an environment variable asks for what cannot be
 */
export async function selectBackend(
  wanted: string,
  wishes: BackendWishes = {},
): Promise<SelectedBackend> {
  if (wanted === "auto") return selectFastest(wishes);
  const name = BACKEND_NAMES.find((known) => known === wanted);
  if (name === undefined) {
    throw new BackendError(
      `expected --backend to be auto, ${BACKEND_NAMES.join(", ")}, got ${wanted}`,
    );
  }
  return selected(name, await START[name](wishes), "asked for");
}

async function selectFastest(wishes: BackendWishes): Promise<SelectedBackend> {
  const passedOver: string[] = [];
  for (const name of BACKEND_NAMES) {
    const reason = whyNotTried(name);
    if (reason === undefined) {
      try {
        return selected(name, await startChecked(name, wishes), "auto", passedOver);
      } catch (error) {
        // A GPU's software fails in ways of its own; a processor's only as it says.
        if (!(error instanceof BackendError || isForGpu(name))) throw error;
        passedOver.push(`${name} (${firstLine(error)})`);
      }
    } else if (reason !== "absent") passedOver.push(`${name} (${reason})`);
  }
  throw new BackendError(`expected a backend to start, got none: ${passedOver.join(", ")}`);
}

/** A GPU must be one, compute rightly and be done within a second. */
async function startChecked(name: BackendName, wishes: BackendWishes): Promise<StartedBackend> {
  const started = await START[name](wishes);
  const fault = await faultForAuto(started);
  if (fault === undefined) return started;
  throw new BackendError(`${started.description}: ${fault}`);
}

function isForGpu(name: BackendName): boolean {
  return name === "tensorflow" || name === "webgpu";
}

function selected(
  name: BackendName,
  { description, precision, instructionSet, deviceName }: StartedBackend,
  why: string,
  passedOver: readonly string[] = [],
): SelectedBackend {
  const others = passedOver.length === 0 ? "" : `; passed over: ${passedOver.join(", ")}`;
  return {
    name,
    precision,
    ...(instructionSet === undefined ? {} : { instructionSet }),
    ...(deviceName === undefined ? {} : { deviceName }),
    notice: `backend ${name} (${why}): ${description}${others}`,
  };
}
