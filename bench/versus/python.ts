/** The Python that the peers run in. */

import { spawnSync } from "node:child_process";
import { PeerError } from "./side.ts";

const MODULES = ["torch", "numpy"];

/**
 * Returns the Python that `asked`, else GDIFF_ORACLE_PYTHON, else the path names.
 *
 * @throws {PeerError} when it is not there or lacks a module
 */
export function peerPython(asked: string | undefined): string {
  const python = asked ?? process.env.GDIFF_ORACLE_PYTHON ?? "python3";
  const code = `import importlib.util, sys
missing = [m for m in sys.argv[1:] if importlib.util.find_spec(m) is None]
sys.exit("none named " + " and ".join(missing) if missing else 0)`;
  const { status, stderr, error } = spawnSync(python, ["-c", code, ...MODULES], {
    encoding: "utf8",
  });
  if (status === 0) return python;
  const got = error === undefined ? (stderr.trim().split("\n").at(-1) ?? "") : error.message;
  throw new PeerError(
    `expected ${python} to be a Python with ${MODULES.join(" and ")}, got ${got}. ` +
      "Make one: python3 -m venv peer && peer/bin/pip install torch==2.13.0 numpy, " +
      "and name it: --python peer/bin/python, or GDIFF_ORACLE_PYTHON",
  );
}
