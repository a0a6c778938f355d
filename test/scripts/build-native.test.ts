/** The build of an add-on of a few lines, in a folder with a space in its name. */

import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "../../scripts/build-native.mjs");
const hasCompiler = spawnSync("g++", ["--version"]).status === 0;
const hasNm = spawnSync("nm", ["--version"]).status === 0;
if (!hasCompiler) console.log("skipped: the build of the add-on (no g++)");

const folder = mkdtempSync(join(tmpdir(), "gdiff build "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ADDON = `#include <node_api.h>
namespace gdiff::portable { int answer(); }
NAPI_MODULE_INIT() {
  static_cast<void>(exports);
  napi_value value;
  napi_create_int32(env, gdiff::portable::answer(), &value);
  return value;
}
`;
const KERNEL = `#include "answer.h"
namespace gdiff::GDIFF_ISA { int answer() { return ANSWER; } }
`;

interface Project {
  readonly root: string;
  readonly write: (file: string, text: string) => void;
  readonly build: (
    env?: Record<string, string>,
    flags?: readonly string[],
  ) => { readonly status: number | null; readonly stderr: string };
}

let projects = 0;
function project(kernel: string = KERNEL): Project {
  const root = join(folder, `a project ${projects++}`);
  mkdirSync(join(root, "kernels"), { recursive: true });
  mkdirSync(join(root, "api"));
  const write = (file: string, text: string): void => writeFileSync(join(root, file), text);
  write("addon.cc", ADDON);
  write("kernels/answer.h", "#define ANSWER 42\n");
  write("kernels/answer.cc", kernel);
  return {
    root,
    write,
    build(env = {}, flags = []) {
      const { CXX: _, ...rest } = process.env;
      const args = [SCRIPT, "--sources", root, "--output", join(root, "build"), ...flags];
      const { status, stderr } = spawnSync(process.execPath, args, {
        env: { ...rest, ...env },
        encoding: "utf8",
      });
      return { status, stderr };
    },
  };
}

/** A compiler that is g++ unless it is asked for one of these. */
function pickyCompiler(name: string, refused: readonly string[]): string {
  const path = join(folder, name);
  const cases = refused.map(
    (flag) => `*" ${flag} "*) echo "error: unrecognised ${flag}"; exit 1 ;;`,
  );
  writeFileSync(path, `#!/bin/sh\ncase " $* " in\n${cases.join("\n")}\nesac\nexec g++ "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

const objectsOf = ({ root }: Project): Record<string, number> =>
  Object.fromEntries(
    readdirSync(join(root, "build/objects"))
      .filter((name) => name.endsWith(".o"))
      .map((name) => [name, statSync(join(root, "build/objects", name)).ino]),
  );
const answerOf = ({ root }: Project): unknown => {
  const program = `process.stdout.write(String(require(process.argv[1])))`;
  return spawnSync(process.execPath, ["-e", program, join(root, "build/gdiff.node")], {
    encoding: "utf8",
  }).stdout;
};
const isX64 = process.arch === "x64";
const SETS = isX64 ? "portable, avx2, avx512, avx512bf16, amx" : "portable";

describe.skipIf(!hasCompiler)("build-native", () => {
  test("makes an add-on that Node.js loads, and records how", () => {
    const one = project();
    expect(one.build()).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^gdiff: native engine built for portable\b.*\n$/),
    });
    expect(answerOf(one)).toBe("42");
    const record = JSON.parse(readFileSync(join(one.root, "build/build.json"), "utf8"));
    expect(record).toMatchObject({ compiler: expect.any(String), leftOut: expect.any(Array) });
    expect(record.instructionSets).toContain("portable");
    expect(readdirSync(join(one.root, "build")).sort()).toEqual([
      "build.json",
      "gdiff.node",
      "objects",
    ]);
  });

  test("compiles again only what changed", () => {
    const one = project();
    one.build();
    const first = objectsOf(one);
    expect(one.build().stderr).toMatch(/^gdiff: native engine is up to date for portable/);
    expect(objectsOf(one)).toEqual(first);

    one.write("kernels/answer.h", "#define ANSWER 43\n");
    expect(one.build().stderr).toMatch(/^gdiff: native engine built/);
    const second = objectsOf(one);
    expect(second["addon.o"]).toBe(first["addon.o"]);
    expect(second["portable-answer.o"]).not.toBe(first["portable-answer.o"]);
    expect(answerOf(one)).toBe("43");

    one.build({ CXX: pickyCompiler("another compiler", []) });
    expect(objectsOf(one)["addon.o"]).not.toBe(first["addon.o"]);
  });

  test("a build that was copied with its checkout sees what changes in the copy", () => {
    const one = project();
    one.build();
    const copy = project("never compiled");
    cpSync(one.root, copy.root, { recursive: true });
    copy.write("kernels/answer.h", "#define ANSWER 43\n");
    expect(copy.build().stderr).toMatch(/^gdiff: native engine built/);
    expect(answerOf(copy)).toBe("43");
  });

  test.skipIf(!isX64)("leaves out, and names, what the compiler does not know", () => {
    const one = project();
    const old = pickyCompiler("old", ["-mamx-tile", "-mavx512bf16"]);
    expect(one.build({ CXX: old })).toEqual({
      status: 0,
      stderr: `gdiff: native engine built for portable, avx2, avx512 (left out, unknown to ${old}: avx512bf16, amx)\n`,
    });
    expect(answerOf(one)).toBe("42");
  });

  test("CXX may have arguments, as ccache wants them", () => {
    const one = project();
    expect(one.build({ CXX: "env g++" })).toEqual({
      status: 0,
      stderr: `gdiff: native engine built for ${SETS}\n`,
    });
  });

  test("without a compiler says in one line what is lost", () => {
    const one = project();
    const lost =
      "gdiff: the backend native is not built, wasm computes instead, many times slower: ";
    const stderr = `${lost}CXX=false is no C++ compiler that runs\n`;
    expect(one.build({ CXX: "false" })).toEqual({ status: 0, stderr });
    expect(one.build({ CXX: "false" }, ["--required"])).toEqual({ status: 1, stderr });
    expect(one.build({ PATH: join(folder, "nothing") })).toEqual({
      status: 0,
      stderr: `${lost}no C++ compiler is here (looked for c++, g++, clang++; CXX names another)\n`,
    });
  });

  test("without a compiler keeps the add-on that is there", () => {
    const one = project();
    one.build();
    const addon = join(one.root, "build/gdiff.node");
    expect(one.build({ CXX: "false" })).toEqual({
      status: 0,
      stderr: `gdiff: ${addon} stays as it was built before: CXX=false is no C++ compiler that runs\n`,
    });
    expect(answerOf(one)).toBe("42");
  });

  test("a source that does not compile is one line and a file, and leaves no add-on of other sources", () => {
    const one = project();
    one.build();
    appendFileSync(join(one.root, "addon.cc"), "#error unfinished\n");
    const failed = one.build();
    expect(failed.status).toBe(0);
    expect(failed.stderr).toMatch(
      /^gdiff: the backend native is not built, wasm .*: .* ended with 1 on .*addon\.cc \(addon\.o\): .*error: #error unfinished \(all of it is in .*build\.log\)\n$/,
    );
    expect(existsSync(join(one.root, "build/gdiff.node"))).toBe(false);
    expect(readFileSync(join(one.root, "build/build.log"), "utf8")).toContain("unfinished");
    const required = one.build({}, ["--required"]);
    expect([required.status, required.stderr.split("\n").length > 2]).toEqual([1, true]);
  });

  test.skipIf(!hasNm).each([
    [
      "an inline function outside its namespace",
      `#include "answer.h"
       namespace gdiff { __attribute__((noinline)) inline int shared() { static volatile int v = ANSWER; return v; } }
       namespace gdiff::GDIFF_ISA { int answer() { return shared(); } }`,
      /expected the kernels to define nothing that other instruction sets share, but portable-answer\.o defines _ZN5gdiff6sharedEv, which objects of other instruction sets may define too/,
    ],
    [
      "code that runs when it is loaded",
      `#include "answer.h"
       namespace gdiff::GDIFF_ISA { int answer(); int kept = answer(); int answer() { return ANSWER + kept; } }`,
      /portable-answer\.o runs code when it is loaded \(_GLOBAL__sub_I/,
    ],
  ])("refuses kernels with %s", (_what, kernel, message) => {
    const { status, stderr } = project(kernel).build({}, ["--required"]);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
  });

  test.skipIf(!hasNm)("the add-on shows Node.js' two functions and no other", () => {
    const one = project();
    one.build();
    const { stdout } = spawnSync(
      "nm",
      ["-D", "--defined-only", join(one.root, "build/gdiff.node")],
      {
        encoding: "utf8",
      },
    );
    expect(stdout.match(/\S+$/gm)?.sort()).toEqual([
      "napi_register_module_v1",
      "node_api_module_get_api_version_v1",
    ]);
  });
});
