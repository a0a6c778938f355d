/** Why TensorFlow took no GPU: the CUDA that it was built for beside what is here. */

import { EXPLAIN, type TensorflowPackage } from "./find-tensorflow.ts";
import { describeNvidia, findNvidia } from "./nvidia.ts";
import { wheelOf } from "./wheel.ts";

/**
 * @param found the package that was to compute on a GPU
 * @param version of the libtensorflow that it loaded
 * @param root what `/` is, for tests
 */
export function noGpu(found: TensorflowPackage, version: string, root: string = "/"): string {
  const wheel = wheelOf(found.addon);
  const nvidia = findNvidia(process.env, {
    root,
    ...(wheel === undefined ? {} : { tensorflow: wheel.folder }),
  });
  return (
    `expected a GPU for ${found.name} ${found.version}, got none: libtensorflow ${version} ${builtFor(version, wheel)}; ` +
    `found ${describeNvidia(nvidia)}. TF_CPP_MIN_LOG_LEVEL=0 shows what TensorFlow looked for; ` +
    `${EXPLAIN} prints how to give it another libtensorflow; --device cpu computes on the processor`
  );
}

function builtFor(version: string, wheel: ReturnType<typeof wheelOf>): string {
  if (wheel?.cuda !== undefined) {
    return `was built for CUDA ${wheel.cuda} and cuDNN ${wheel.cudnn ?? "of any version"}`;
  }
  if (wheel !== undefined)
    return `of ${wheel.folder} was built without CUDA (pip install 'tensorflow[and-cuda]')`;
  return version.startsWith("2.9.")
    ? "was built for CUDA 11.2 (libcudart.so.11.0) and cuDNN 8.1 (libcudnn.so.8)"
    : "says nothing of the CUDA that it was built for";
}
