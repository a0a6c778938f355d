import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { pretrainOptions } from "../../pipelines/pretrain/options.ts";
import { flattenOptions } from "../../src/config/option-table.ts";
import { readYamlLayer, yamlLayer } from "../../src/config/yaml-layer.ts";
import { ConfigError, FileError } from "../../src/errors.ts";

const OPTIONS = flattenOptions(pretrainOptions);
const folder = mkdtempSync(join(tmpdir(), "gdiff-yaml-"));
afterAll(() => rmSync(folder, { recursive: true }));

function refusal(text: string): string {
  try {
    yamlLayer(text, "my.yaml", OPTIONS);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error instanceof Error ? error.message : "";
  }
  return "accepted";
}

describe("yamlLayer", () => {
  test("gives checked values under dotted keys", () => {
    const text =
      "seed: 7\ntrain:\n  lr: 1e-3\n  maxTime: 1h30m\n  clip: null\ndata: { genome: demo }\n";
    expect([...yamlLayer(text, "my.yaml", OPTIONS)]).toEqual([
      ["seed", 7],
      ["train.lr", 0.001],
      ["train.maxTime", 5_400_000],
      ["train.clip", undefined],
      ["data.genome", "demo"],
    ]);
  });

  test("an empty file says nothing", () => {
    expect(yamlLayer("", "my.yaml", OPTIONS).size).toBe(0);
    expect(yamlLayer("# only a comment\n", "my.yaml", OPTIONS).size).toBe(0);
  });

  test("an anchor used once is fine", () => {
    const layer = yamlLayer("train: { steps: &n 5, warmup: *n }", "my.yaml", OPTIONS);
    expect(layer.get("train.warmup")).toBe(5);
  });

  test.each([
    ["train: { stpes: 1 }", "my.yaml: unknown key train.stpes: did you mean train.steps?"],
    ["steps: 1", "my.yaml: unknown key steps: did you mean train.steps?"],
    [
      "train: { batch-size: 1 }",
      "my.yaml: unknown key train.batch-size: did you mean train.batchSize?",
    ],
    ["zzz: 1", "my.yaml: unknown key zzz"],
    ["7: 1", "my.yaml: unknown key 7"],
    [
      "train: { steps: { a: 1 } }",
      "my.yaml: expected train.steps to be a positive integer, got a mapping",
    ],
    ["train.steps: 1\n", "accepted"],
    ["seed: { a: 1 }", "my.yaml: expected seed to be a whole number, got a mapping"],
    ["train: 3", "my.yaml: expected train to be a mapping, got 3 (number)"],
    ["train: [1]", "my.yaml: expected train to be a mapping, got a list"],
    ["train:\n  # steps: 1\n", "accepted"],
    [
      "train.steps: 1\ntrain: { steps: 2 }",
      "my.yaml: expected one value of train.steps, got 1 (number) and 2 (number)",
    ],
    ["[1, 2]", "my.yaml: expected the configuration to be a mapping, got a list"],
    ["text", 'my.yaml: expected the configuration to be a mapping, got "text" (string)'],
  ])("reads the structure of %j", (text, message) => {
    expect(refusal(text)).toBe(message);
  });

  test.each([
    ['"5"', 'to be a positive integer, got "5" (string)'],
    ["-1", "to be a positive integer, got -1 (number)"],
    ["1.5", "to be a positive integer, got 1.5 (number)"],
    [".nan", "to be a positive integer, got NaN (number)"],
    [".inf", "to be a positive integer of at most 9007199254740991, got Infinity (number)"],
    ["true", "to be a positive integer, got true (boolean)"],
    ["null", "to be a positive integer, got null"],
    ["[5]", "to be a positive integer, got a list"],
    [
      "123456789012345678901234567890",
      "to be a positive integer of at most 9007199254740991, got 1.2345678901234568e+29 (number)",
    ],
    ["2026-01-01", 'to be a positive integer, got "2026-01-01" (string)'],
  ])("refuses steps: %s", (value, complaint) => {
    expect(refusal(`train: { steps: ${value} }`)).toBe(
      `my.yaml: expected train.steps ${complaint}`,
    );
  });

  test("a time without a unit is refused, not taken for milliseconds", () => {
    expect(refusal("train: { maxTime: 60 }")).toBe(
      "my.yaml: expected train.maxTime to be a time such as 90s, 60m or 1h30m, got 60 (number)",
    );
  });

  test.each([
    ["__proto__: { polluted: 1 }", "my.yaml: unknown key __proto__"],
    ["constructor: { prototype: { polluted: 1 } }", "my.yaml: unknown key constructor"],
    ["train: { __proto__: { steps: 1 } }", "my.yaml: unknown key train.__proto__"],
    ["train: { toString: 1 }", "my.yaml: unknown key train.toString"],
    ["train: { <<: { steps: 1 } }", "my.yaml: unknown key train.<<"],
    ["? [a, b]\n: 1", "my.yaml: unknown key a,b"],
  ])("no key of %j reaches an object", (text, message) => {
    expect(refusal(text)).toBe(message);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("an alias bomb does not go off", () => {
    const levels = Array.from({ length: 12 }, (_, i) => {
      const inner = i === 0 ? "lol" : `*l${i - 1}`;
      return `l${i}: &l${i} [${Array(10).fill(inner).join(", ")}]`;
    });
    expect(refusal(levels.join("\n"))).toBe(
      "my.yaml: expected YAML: Excessive alias count indicates a resource exhaustion attack",
    );
  });

  test.each([
    [
      "a: [",
      "my.yaml: expected YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 5",
    ],
    ["seed: 1\nseed: 2", "my.yaml: expected YAML: Map keys must be unique at line 2, column 1"],
    [
      "seed: 1\n---\nseed: 2",
      "my.yaml: expected YAML: Source contains multiple documents; please use YAML.parseAllDocuments() at line 2, column 1",
    ],
    [
      "seed: !!js/function x",
      "my.yaml: expected YAML: Unresolved tag: tag:yaml.org,2002:js/function at line 1, column 7",
    ],
    [
      "seed: *nothing",
      "my.yaml: expected YAML: Unresolved alias (the anchor must be set before the alias): nothing",
    ],
  ])("names the place where %j is not YAML", (text, message) => {
    expect(refusal(text)).toBe(message);
  });

  test("nesting without end is an error like any other", () => {
    expect(refusal("[".repeat(100_000))).toMatch(
      /^my\.yaml: expected YAML: Maximum call stack size/,
    );
  });
});

describe("readYamlLayer", () => {
  test("reads a file whose path has spaces and letters of any script", async () => {
    const file = join(folder, "my конфиг λ.yaml");
    writeFileSync(file, "seed: 3\n");
    expect((await readYamlLayer(file, OPTIONS)).get("seed")).toBe(3);
  });

  test("names a file that is not there", async () => {
    const file = join(folder, "none.yaml");
    await expect(readYamlLayer(file, OPTIONS)).rejects.toThrow(
      new FileError(`cannot read the configuration ${file}: ENOENT: no such file or directory`),
    );
  });

  test("a named pipe and a device are not waited for", async () => {
    const pipe = join(folder, "pipe.yaml");
    execFileSync("mkfifo", [pipe]);
    for (const file of [pipe, "/dev/zero"]) {
      await expect(readYamlLayer(file, OPTIONS)).rejects.toThrow(
        new FileError(
          `cannot read the configuration ${file}: expected a file of at most 1,048,576 bytes: got a pipe or device (write it to a file first)`,
        ),
      );
    }
  });

  test("a folder and a huge file are not configurations", async () => {
    await expect(readYamlLayer(folder, OPTIONS)).rejects.toThrow(
      new FileError(
        `cannot read the configuration ${folder}: expected a file of at most 1,048,576 bytes: got a folder`,
      ),
    );
    const file = join(folder, "huge.yaml");
    writeFileSync(file, Buffer.alloc(1024 * 1024 + 1, "#"));
    await expect(readYamlLayer(file, OPTIONS)).rejects.toThrow(
      new FileError(
        `cannot read the configuration ${file}: expected a file of at most 1,048,576 bytes: got 1,048,577 bytes`,
      ),
    );
  });
});
