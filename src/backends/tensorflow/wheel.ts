/** The Python package whose libtensorflow an add-on was built with (build-script.ts), and the CUDA of its build. */

import { join } from "node:path";
import { textIfThere } from "../../util/look.ts";

export interface Wheel {
  /** Of the package `tensorflow`. */
  readonly folder: string;
  /** "12.5.1"; absent of a build without CUDA. */
  readonly cuda?: string;
  /** "9". */
  readonly cudnn?: string;
}

/** Beside the add-on: the folder of the package, in a line. */
export const WHEEL_NOTE = ".tensorflow";

/** Reads what the script wrote; undefined where the add-on was not built by it. */
export function wheelOf(addon: string): Wheel | undefined {
  const folder = textIfThere(addon + WHEEL_NOTE)?.trim();
  if (folder === undefined) return undefined;
  // tf.sysconfig.get_build_info() in Python reads the same file.
  const build = textIfThere(join(folder, "python/platform/build_info.py")) ?? "";
  const [cuda, cudnn] = ["cuda_version", "cudnn_version"].map(
    (key) => new RegExp(`'${key}', '([\\d.]+)'`).exec(build)?.[1],
  );
  return {
    folder,
    ...(cuda === undefined ? {} : { cuda }),
    ...(cudnn === undefined ? {} : { cudnn }),
  };
}
