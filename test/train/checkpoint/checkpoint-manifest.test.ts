import { describe, expect, it } from "vitest";
import { CheckpointError } from "../../../src/errors.ts";
import {
  formatManifest,
  parseManifest,
} from "../../../src/train/checkpoint/checkpoint-manifest.ts";

const SHA = "0".repeat(64);
const FILE = { name: "model.safetensors", bytes: 3, sha256: SHA };

function manifest(change: Record<string, unknown>): string {
  return JSON.stringify({
    schema: 1,
    step: 12,
    createdBy: "gdiff 1.0.0",
    files: [FILE],
    ...change,
  });
}

describe("parseManifest", () => {
  it("reads what formatManifest writes", () => {
    const files = [FILE, { name: "__proto__", bytes: 0, sha256: SHA }];
    expect(parseManifest(formatManifest(12, "gdiff 1.0.0", files), 12, "x")).toEqual({
      schema: 1,
      step: 12,
      createdBy: "gdiff 1.0.0",
      files,
    });
  });

  it.each([
    ["", "expected JSON, got text that is not JSON"],
    ['{"step":12,"step":12}', 'expected JSON, got key "step" twice'],
    ["[".repeat(100), "expected JSON, got more than 3 levels"],
    ["[]", "expected a mapping, got []"],
    ["null", "expected a mapping, got null"],
    ["{}", "expected schema 1, got nothing (was it written by a later gdiff?)"],
    [manifest({ schema: 2 }), "expected schema 1, got 2 (was it written by a later gdiff?)"],
    [
      manifest({ step: 7 }),
      "expected step 12, as its folder is called, got 7 (was the folder renamed?)",
    ],
    [
      manifest({ step: "12" }),
      'expected step 12, as its folder is called, got "12" (was the folder renamed?)',
    ],
    [manifest({ createdBy: 1 }), "expected createdBy to be text, got 1"],
    [manifest({ files: {} }), "expected files to be a list, got {}"],
    [manifest({ files: ["a"] }), 'expected files of name, bytes and sha256, got "a"'],
    [
      manifest({ files: [{ sha256: SHA, bytes: -1 }] }),
      `expected files of name, bytes and sha256, got {"sha256":"${SHA}","by`,
    ],
    [
      manifest({ files: [{ name: "a", bytes: 1, sha256: "ABC" }] }),
      'expected files of name, bytes and sha256, got {"name":"a","bytes":1,"sha256":"ABC"}',
    ],
    ...["../x", "/etc/passwd", "..", "a/b", "a\\b", "manifest.json", ""].map((name) => [
      manifest({ files: [{ ...FILE, name }] }),
      `expected names of files beside it, of letters, digits and . _ -, got ${JSON.stringify(name)}`,
    ]),
    [
      manifest({ files: [FILE, { ...FILE, name: "Model.safetensors" }] }),
      'expected each file once, got "Model.safetensors" twice',
    ],
  ])("says what is wrong, case %#", (text = "", message) => {
    const parse = (): unknown => parseManifest(text, 12, "run/manifest.json");
    expect(parse).toThrow(new CheckpointError(`run/manifest.json: ${message}`));
  });
});
