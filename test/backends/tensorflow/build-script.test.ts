import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { buildScript } from "../../../src/backends/tensorflow/build-script.ts";
import type { TensorflowPackage } from "../../../src/backends/tensorflow/find-tensorflow.ts";
import { wheelOf } from "../../../src/backends/tensorflow/wheel.ts";

let folder: string;
let found: TensorflowPackage;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "gdiff-build-script-")), "a b"); // a path that a shell would cut
  mkdirSync(join(folder, "package/binding"), { recursive: true });
  writeFileSync(join(folder, "package/binding/one.cc"), "");
  found = {
    name: "@tensorflow/tfjs-node-gpu",
    version: "4.22.0",
    folder: join(folder, "package"),
    addon: join(folder, "package/lib/napi-v8/tfjs_binding.node"),
    hasAddon: false,
  };
});

const script = (): string => buildScript({ tensorflow: found, nodeHeaders: join(folder, "node") });

/** Runs the script with a Python that finds `folder/tensorflow`, and a compiler that writes down what it is told. */
function run(compiler: string) {
  const [python, cxx] = [join(folder, "python"), join(folder, "cxx")];
  writeFileSync(python, `#!/bin/sh\necho '${folder}/tensorflow'\n`);
  writeFileSync(cxx, `#!/bin/sh\n${compiler}\n`);
  for (const file of [python, cxx]) chmodSync(file, 0o755);
  const env = { ...process.env, PYTHON: python, CXX: cxx };
  return spawnSync("sh", { input: script(), encoding: "utf8", env });
}

function plantTensorflow(): void {
  mkdirSync(join(folder, "tensorflow/include/tensorflow/c"), { recursive: true });
  const files = [
    "libtensorflow_cc.so.2",
    "libtensorflow_framework.so.2",
    "include/tensorflow/c/c_api.h",
  ];
  for (const file of files) writeFileSync(join(folder, "tensorflow", file), "");
}

/** Writes its arguments, a line each, to the file after -o. */
const WRITES = 'for last; do :; done; printf "%s\\n" "$@" > "$last"';

describe("the script that builds TensorFlow's add-on", () => {
  it("gives the compiler the package's sources, both headers and the wheel's libraries by their place", () => {
    plantTensorflow();
    const { status, stdout, stderr } = run(WRITES);
    expect([status, stdout]).toEqual([0, ""]);
    expect(stderr).toBe(`built ${found.addon}; gdiff doctor shows what it finds\n`);
    expect(wheelOf(found.addon)).toEqual({ folder: `${folder}/tensorflow` });
    const told = readFileSync(found.addon, "utf8").split("\n");
    expect(told).toEqual(
      expect.arrayContaining([
        `${folder}/package/binding/one.cc`,
        `${folder}/node`,
        `${folder}/tensorflow/include`,
        "-l:libtensorflow_cc.so.2",
        `-Wl,-rpath,${folder}/tensorflow`,
      ]),
    );
  });

  it("leaves the add-on that is there when the compiler fails", () => {
    plantTensorflow();
    mkdirSync(join(folder, "package/lib/napi-v8"), { recursive: true });
    writeFileSync(found.addon, "old");
    expect(run("echo broken >&2; exit 3")).toMatchObject({ status: 3, stderr: "broken\n" });
    expect(readFileSync(found.addon, "utf8")).toBe("old");
  });

  it("stops at a TensorFlow that is not a wheel for Linux, and says which file lacks", () => {
    expect(run(WRITES)).toMatchObject({
      status: 1,
      stderr: `expected ${folder}/tensorflow/libtensorflow_cc.so.2, which TensorFlow's wheels for Linux have\n`,
    });
    expect(existsSync(found.addon)).toBe(false);
  });

  it("stops where Python has no TensorFlow", () => {
    const env = { ...process.env, PYTHON: "python3", PYTHONPATH: "" };
    const { status, stderr } = spawnSync("sh", {
      input: script().replace('find_spec("tensorflow")', 'find_spec("no_such_tensorflow")'),
      encoding: "utf8",
      env,
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^expected a TensorFlow in \/.+, found none \(PYTHON names another Python\)\n$/,
    );
  });

  it.each([
    [false, "@tensorflow/tfjs-node-gpu and node-api-headers"],
    [true, "node-api-headers"],
  ])("fails where packages are missing, and names them; installed: %s", (isThere, names) => {
    const input = buildScript({ tensorflow: isThere ? found : undefined, nodeHeaders: undefined });
    expect(spawnSync("sh", { input, encoding: "utf8" })).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `expected ${names} to be installed: npm install --ignore-scripts ${names.replace(" and", "")}\n`,
    });
  });
});
