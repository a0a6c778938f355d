/**
 * The process in which `gdiff doctor` starts a backend: a device's software that crashes or hangs takes only this one
 * with it. Arguments: the backend's name, and a device. What it found goes to the parent as one message.
 */

import { GdiffError } from "../errors.ts";
import { BACKEND_NAMES } from "./backend-name.ts";
import { faultForAuto } from "./fault-for-auto.ts";
import { measureDevice } from "./measure-device.ts";
import type { Probe } from "./probe-backend.ts";
import { START } from "./start.ts";

const [, , wanted, device] = process.argv;
const probe = await probeNamed();
process.send?.(probe, () => process.exit(0)); // whatever a device still runs

async function probeNamed(): Promise<Probe> {
  const name = BACKEND_NAMES.find((known) => known === wanted);
  if (name === undefined) return { failure: `expected the name of a backend, got ${wanted}` };
  try {
    const started = await START[name]({ device });
    const { description, details = [], deviceName } = started;
    const fault = await faultForAuto(started);
    const speed = await measureDevice();
    return {
      ...{ description, speed },
      ...(deviceName === undefined ? {} : { deviceName }),
      details: fault === undefined ? details : [...details, `auto leaves it aside: ${fault}`],
    };
  } catch (error) {
    return { failure: error instanceof GdiffError ? error.message : String(error) };
  }
}
