/**
 * A shell script that gives tfjs-node a libtensorflow that is already on the machine. Its own install step downloads
 * libtensorflow 2.9.1 of 2022, which knows no GPU made since; TensorFlow's C API has stayed the same.
 */

import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { shellWord } from "../../util/shell-word.ts";
import { findPackage } from "../optional-package.ts";
import { findTensorflow, TENSORFLOW_PACKAGES, type TensorflowPackage } from "./find-tensorflow.ts";
import { WHEEL_NOTE } from "./wheel.ts";

/** What of this machine goes into the script. */
export interface BuildHost {
  readonly tensorflow: TensorflowPackage | undefined;
  /** Folder with node_api.h. */
  readonly nodeHeaders: string | undefined;
}

/** Returns the script; where something must be installed first it says so, and fails. */
export function buildScript({ tensorflow, nodeHeaders }: BuildHost): string {
  return tensorflow === undefined || nodeHeaders === undefined
    ? firstSteps(tensorflow, nodeHeaders)
    : steps(tensorflow, nodeHeaders);
}

function firstSteps(
  tensorflow: TensorflowPackage | undefined,
  headers: string | undefined,
): string {
  const packages = [
    ...(tensorflow === undefined ? [TENSORFLOW_PACKAGES[0]] : []),
    ...(headers === undefined ? ["node-api-headers"] : []),
  ];
  const command = `npm install --ignore-scripts ${packages.join(" ")}`;
  return `#!/bin/sh
# To build the add-on of backend tensorflow, these npm packages must be here first:
#
#   ${command}
#
# --ignore-scripts leaves out the download of libtensorflow 2.9.1; in a checkout of gdiff add --no-save --save-prod.
# Then ask again: gdiff doctor --explain tensorflow
echo 'expected ${packages.join(" and ")} to be installed: ${command}' >&2
exit 1
`;
}

function steps({ name, version, folder, addon }: TensorflowPackage, headers: string): string {
  return `#!/bin/sh
# Builds the add-on of ${name} ${version} with the TensorFlow of a Python environment:
#
#   python3 -m venv tf && tf/bin/pip install 'tensorflow[and-cuda]'    (tensorflow-cpu without a GPU)
#   gdiff doctor --explain tensorflow | PYTHON=tf/bin/python sh
#
# Needs g++ (CXX names another compiler). TensorFlow must stay where it is: the add-on holds its path.
# Remove what it writes to undo it.
set -eu

package=${shellWord(folder)}
addon=${shellWord(addon)}
node_headers=${shellWord(headers)}

# Where the wheel is, found without running it.
tensorflow=$("\${PYTHON:-python3}" -c '
import importlib.util, sys
spec = importlib.util.find_spec("tensorflow")
if spec is None: sys.exit("expected a TensorFlow in " + sys.executable + ", found none (PYTHON names another Python)")
print(spec.submodule_search_locations[0])')

for file in libtensorflow_cc.so.2 libtensorflow_framework.so.2 include/tensorflow/c/c_api.h; do
  [ -e "$tensorflow/$file" ] || { echo "expected $tensorflow/$file, which TensorFlow's wheels for Linux have" >&2; exit 1; }
done

mkdir -p "$(dirname "$addon")"
"\${CXX:-g++}" -shared -fPIC -O2 -std=c++17 -DNAPI_VERSION=8 -w \\
  -I "$node_headers" -I "$tensorflow/include" -I "$package/binding" "$package"/binding/*.cc \\
  -L "$tensorflow" -l:libtensorflow_cc.so.2 -l:libtensorflow_framework.so.2 -Wl,-rpath,"$tensorflow" \\
  -o "$addon.new"
mv "$addon.new" "$addon"
printf '%s\\n' "$tensorflow" > "$addon${WHEEL_NOTE}"
echo "built $addon; gdiff doctor shows what it finds" >&2
`;
}

/** What this machine has of what the script needs. */
export function thisBuildHost(): BuildHost {
  const ownHeaders = resolve(dirname(process.execPath), "../include/node");
  const packaged = findPackage("node-api-headers");
  return {
    tensorflow: findTensorflow(),
    nodeHeaders: existsSync(join(ownHeaders, "node_api.h"))
      ? ownHeaders
      : packaged && join(packaged.folder, "include"),
  };
}
