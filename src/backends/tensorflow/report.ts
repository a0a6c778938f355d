/** What `gdiff doctor` says of the backend `tensorflow` before it is started. */

import type { BackendReport } from "../backend-name.ts";
import { findTensorflow, whatLacks } from "./find-tensorflow.ts";
import { describeNvidia, findNvidia } from "./nvidia.ts";
import { wheelOf } from "./wheel.ts";

/** Looks for files; loads nothing. */
export function reportTensorflow(): Omit<BackendReport, "name"> {
  const found = findTensorflow();
  const wheel = found === undefined ? undefined : wheelOf(found.addon);
  const nvidia = findNvidia(process.env, wheel === undefined ? {} : { tensorflow: wheel.folder });
  const details = [
    ...(wheel === undefined ? [] : [`libtensorflow of ${wheel.folder}`]),
    describeNvidia(nvidia),
  ];
  if (found?.hasAddon !== true) return { isAvailable: false, reason: whatLacks(found), details };
  const { name, version, addon } = found;
  return {
    isAvailable: true,
    reason: `${name} ${version}`,
    details: [`add-on ${addon}`, ...details],
  };
}
