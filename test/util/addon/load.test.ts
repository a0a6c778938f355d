import { describe, expect, test } from "vitest";
import { BackendError, ConfigError } from "../../../src/errors.ts";
import type { AddonHost, InstalledPackage } from "../../../src/util/addon/addon-host.ts";
import { thisHost } from "../../../src/util/addon/addon-host.ts";
import { findAddon, loadAddon } from "../../../src/util/addon/load.ts";

const LOCAL = "/gdiff/native/build/gdiff.node";
const PREBUILT = "/modules/@gdiff/native-linux-x64-gnu/gdiff.node";
const REMEDY =
  "In a checkout npm run build:native makes it (it needs a C++ compiler); " +
  "npm install @gdiff/native-linux-x64-gnu@1.2.3 brings it where it is published; " +
  "GDIFF_NATIVE names another file; --backend wasm does without";

/** A machine with these files; a file that is an Error does not load. */
function host(
  files: Readonly<Record<string, unknown>>,
  { version, GDIFF_NATIVE }: { readonly version?: string; readonly GDIFF_NATIVE?: string } = {},
): AddonHost {
  const folder = "/modules/@gdiff/native-linux-x64-gnu";
  const packages: Record<string, InstalledPackage> =
    version === undefined ? {} : { "@gdiff/native-linux-x64-gnu": { folder, version } };
  return {
    env: { GDIFF_NATIVE },
    version: "1.2.3",
    root: "/gdiff",
    platform: "linux-x64-gnu",
    installed: (name) => packages[name],
    exists: (path) => path in files,
    open: (path) => {
      const file = files[path];
      if (file instanceof Error) throw file;
      return file;
    },
  };
}

const addon = { instructionSets: () => [] };
const broken = new Error("/lib/libc.so.6: version `GLIBC_2.99' not found\nRequire stack:\n- a.js");

function refusal(machine: AddonHost): string {
  try {
    findAddon(machine);
  } catch (error) {
    if (error instanceof BackendError) return error.message;
    throw error;
  }
  throw new Error("expected a refusal, got an add-on");
}

describe("findAddon", () => {
  test("takes the file that GDIFF_NATIVE names before all others", () => {
    const files = { "/own.node": addon, [PREBUILT]: {}, [LOCAL]: {} };
    expect(findAddon(host(files, { version: "1.2.3", GDIFF_NATIVE: "/own.node" }))).toEqual({
      binding: addon,
      path: "/own.node",
      origin: "GDIFF_NATIVE",
    });
  });

  test("takes the prebuilt package before the local build", () => {
    expect(
      findAddon(host({ [PREBUILT]: addon, [LOCAL]: addon }, { version: "1.2.3" })),
    ).toMatchObject({ path: PREBUILT, origin: "prebuilt" });
  });

  test.each([
    ["absent", { [LOCAL]: addon }, {}],
    ["broken", { [PREBUILT]: broken, [LOCAL]: addon }, { version: "1.2.3" }],
    ["of another version", { [PREBUILT]: {}, [LOCAL]: addon }, { version: "1.2.4" }],
  ])("takes the local build where the package is %s", (_what, files, options) => {
    expect(findAddon(host(files, options))).toMatchObject({ path: LOCAL, origin: "local build" });
  });

  test("an empty GDIFF_NATIVE is none", () => {
    expect(findAddon(host({ [LOCAL]: addon }, { GDIFF_NATIVE: "" }))).toMatchObject({
      path: LOCAL,
    });
  });

  test("says of each place why it gave none", () => {
    expect(refusal(host({}))).toBe(
      `backend native is not there: @gdiff/native-linux-x64-gnu is not installed; ${LOCAL} is absent. ${REMEDY}`,
    );
    expect(refusal(host({ [PREBUILT]: {}, [LOCAL]: broken }, { version: "1.2.3" }))).toBe(
      `backend native is not there: ${PREBUILT} is another add-on; ` +
        `${LOCAL} does not load: /lib/libc.so.6: version \`GLIBC_2.99' not found. ${REMEDY}`,
    );
    expect(refusal(host({}, { version: "1.2.2" }))).toBe(
      "backend native is not there: @gdiff/native-linux-x64-gnu is version 1.2.2, expected 1.2.3 as gdiff's own; " +
        `${LOCAL} is absent. ${REMEDY}`,
    );
  });

  test.each([
    ["is absent", {}],
    ["is another add-on", { "/own.node": {} }],
    ["does not load: file too short", { "/own.node": new Error("file too short") }],
  ])("looks nowhere else when the file that GDIFF_NATIVE names %s", (reason, files) => {
    expect(() =>
      findAddon(host({ ...files, [LOCAL]: addon }, { GDIFF_NATIVE: "/own.node" })),
    ).toThrow(
      new ConfigError(
        `expected GDIFF_NATIVE to name gdiff's add-on, got /own.node, which ${reason} ` +
          "(unset it to search the usual places)",
      ),
    );
  });
});

describe("this machine", () => {
  test("knows which packages it has", () => {
    const { installed } = thisHost();
    expect(installed("typescript")).toMatchObject({ version: expect.stringMatching(/^\d/) });
    expect(installed("@gdiff/no-such-package")).toBeUndefined();
  });

  test("opens nothing that is no add-on", () => {
    expect(() => thisHost().open("/gdiff/absent.node")).toThrow();
  });

  test("gives the same add-on each time", () => {
    expect(loadAddon()).toBe(loadAddon());
  });
});
